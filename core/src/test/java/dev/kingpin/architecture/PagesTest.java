package dev.kingpin.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.architecture.Sources.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of types and methods in backticks are names of the code. */
class PagesTest {
  /** {@code `Type`} or {@code `Type.method`}, perhaps with arguments; a type has a small letter. */
  private static final Pattern NAME =
      Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.([a-z]\\w*))?(?:\\([^`]*\\))?`");

  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|record|enum)\\s+([A-Z]\\w*)");

  private static final List<String> JAVA_PACKAGES =
      List.of("java.lang.", "java.util.", "java.util.stream.", "java.nio.file.");

  /** Names in libraries that the pages speak of. */
  private static final Set<String> FOREIGN = Set.of("LogisticRegression", "Ridge");

  private final Map<String, String> types = new HashMap<>(); // name to source texts

  PagesTest() {
    for (String folder : List.of("src/main/java", "src/test/java")) {
      for (Source source : Sources.java(folder)) {
        Matcher matcher = TYPE.matcher(source.text());
        while (matcher.find()) {
          types.merge(matcher.group(1), source.text(), String::concat);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md"})
  void namesInBackticksExist(String page) {
    List<String> unknown = new ArrayList<>();
    Matcher name = NAME.matcher(Sources.read(page));
    int seen = 0;
    while (name.find()) {
      seen++;
      if (!FOREIGN.contains(name.group(1)) && !exists(name.group(1), name.group(2))) {
        unknown.add(name.group());
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(seen).isGreaterThan(10);
  }

  @Test
  void namesThatAreNotThereAreFound() {
    assertThat(exists("Learner", null)).isTrue();
    assertThat(exists("AggregateTrainer", "accumulate")).isTrue();
    assertThat(exists("Math", "exp")).isTrue();
    assertThat(exists("Lerner", null)).isFalse();
    assertThat(exists("AggregateTrainer", "acumulate")).isFalse();
  }

  private boolean exists(String type, @Nullable String member) {
    String source = types.get(type);
    if (source != null) {
      return member == null || Pattern.compile("\\b" + member + "\\b").matcher(source).find();
    }
    return JAVA_PACKAGES.stream().anyMatch(p -> isKnown(p + type));
  }

  private static boolean isKnown(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
