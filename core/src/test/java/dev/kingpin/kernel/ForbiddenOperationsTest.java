package dev.kingpin.kernel;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** What would make the bits depend on the machine is not called. */
class ForbiddenOperationsTest {

  private static final String TRANSCENDENTAL =
      "(sin|cos|tan|asin|acos|atan|atan2|exp|expm1|log|log10|log1p|pow|cbrt|hypot|sinh|cosh|tanh)";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.kingpin.kernel");

  @Test
  void noSumRunsAcrossLanes() {
    noClasses().should().accessTargetWhere(target(nameMatching("reduceLanes.*"))).check(classes);
  }

  @Test
  void noLaneOperationApproximates() {
    noClasses()
        .should()
        .accessTargetWhere(
            target(
                    owner(
                        HasName.Predicates.nameMatching(
                            "jdk\\.incubator\\.vector\\.VectorOperators")))
                .and(target(nameMatching(TRANSCENDENTAL.toUpperCase(java.util.Locale.ROOT)))))
        .check(classes);
  }

  @Test
  void noScalarFunctionApproximates() {
    noClasses()
        .should()
        .accessTargetWhere(
            target(owner(HasName.Predicates.nameMatching("java\\.lang\\.(Strict)?Math")))
                .and(target(nameMatching(TRANSCENDENTAL))))
        .check(classes);
  }
}
