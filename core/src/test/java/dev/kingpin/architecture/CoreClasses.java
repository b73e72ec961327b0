package dev.kingpin.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes of this module, without those of its tests. */
final class CoreClasses {
  static final String ROOT = "dev.kingpin";

  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private CoreClasses() {}

  /** The package below the root: empty for the facade, else such as {@code learner.linear}. */
  static String place(JavaClass of) {
    String name = of.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }

  static boolean isOurs(JavaClass any) {
    return any.getPackageName().equals(ROOT) || any.getPackageName().startsWith(ROOT + ".");
  }
}
