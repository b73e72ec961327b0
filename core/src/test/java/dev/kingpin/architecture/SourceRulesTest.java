package dev.kingpin.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.kingpin.architecture.Sources.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes that keep the code readable, in all modules that are built. */
class SourceRulesTest {
  private static final int MOST_LINES = 600;
  private static final int USUAL_LINES = 300;
  private static final double USUAL_SHARE = 0.9;
  private static final int MOST_PARAMETERS = 6;

  @Test
  void noFileIsLongerThanSixHundredLines() {
    Stream<Source> all =
        Stream.concat(
            Sources.java("src/main/java").stream(), Sources.java("src/test/java").stream());
    assertThat(all.filter(s -> s.lines() > MOST_LINES)).isEmpty();
  }

  @Test
  void nineFilesOfTenHaveAtMostThreeHundredLines() {
    List<Long> lines = Sources.java("src/main/java").stream().map(Source::lines).sorted().toList();
    assertThat(lines).hasSizeGreaterThan(100);
    assertThat(lines.get((int) (USUAL_SHARE * lines.size()))).isLessThanOrEqualTo(USUAL_LINES);
  }

  @Test
  void noMethodHasMoreThanSixParameters() {
    SortedSet<String> tooMany = new TreeSet<>();
    for (JavaClass type : CoreClasses.ALL) {
      for (JavaMethod method : type.getMethods()) {
        boolean written =
            !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !method.getName().startsWith("lambda$");
        if (written && method.getRawParameterTypes().size() > MOST_PARAMETERS) {
          tooMany.add(method.getFullName());
        }
      }
    }
    assertThat(tooMany).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsAndThatNullIsTheException() {
    Map<Path, Boolean> packages = new TreeMap<>();
    for (Source source : Sources.java("src/main/java")) {
      boolean marks =
          source.path().endsWith("package-info.java")
              && source.text().contains("@NullMarked")
              && source.text().startsWith("/**");
      packages.merge(source.path().getParent(), marks, Boolean::logicalOr);
    }
    assertThat(packages).containsKey(Path.of("core", "src", "main", "java", "dev", "kingpin"));
    assertThat(packages).allSatisfy((folder, marked) -> assertThat(marked).isTrue());
  }

  @Test
  void noTestIsSwitchedOff() {
    assertThat(Sources.java("src/test/java"))
        .filteredOn(s -> s.text().contains("@" + "Disabled"))
        .isEmpty();
  }
}
