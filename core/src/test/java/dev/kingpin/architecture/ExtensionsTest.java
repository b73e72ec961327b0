package dev.kingpin.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.kingpin.architecture.Sources.Source;
import dev.kingpin.data.Expression;
import dev.kingpin.data.Feature;
import dev.kingpin.data.TableFormat;
import dev.kingpin.data.TableSource;
import dev.kingpin.engine.Engine;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Trainer;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is open can be found, and what is closed is closed. */
class ExtensionsTest {
  @Test
  void whateverIsRegisteredIsThereAndCanBeMade() throws Exception {
    Map<String, List<String>> registered = registered(Path.of("core"));
    assertThat(registered).containsKey(Learner.class.getName());
    for (Map.Entry<String, List<String>> service : registered.entrySet()) {
      Class<?> door = Class.forName(service.getKey());
      assertThat(service.getValue()).isNotEmpty().doesNotHaveDuplicates();
      for (String name : service.getValue()) {
        Class<?> type = Class.forName(name);
        assertThat(type).isAssignableTo(door);
        assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
        assertThat(type.getConstructor().newInstance()).isInstanceOf(door);
      }
      assertThat(ServiceLoader.load(door).stream().map(p -> p.type().getName()))
          .containsAll(service.getValue());
    }
  }

  @Test
  void whateverIsRegisteredInAnyModuleHasASource() throws IOException {
    List<Source> sources = Sources.java("src/main/java");
    for (Path module : Sources.folders()) {
      for (List<String> names : registered(module.getFileName()).values()) {
        for (String name : names) {
          Path file = Path.of("src", "main", "java").resolve(name.replace('.', '/') + ".java");
          assertThat(sources).anyMatch(s -> s.path().endsWith(file));
        }
      }
    }
  }

  @Test
  void everyLearnerIsRegistered() throws IOException {
    List<String> learners = new ArrayList<>();
    for (JavaClass type : CoreClasses.ALL) {
      boolean concrete =
          !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT);
      if (concrete && type.isAssignableTo(Learner.class)) {
        learners.add(type.getName());
      }
    }
    assertThat(registered(Path.of("core")).get(Learner.class.getName()))
        .containsExactlyInAnyOrderElementsOf(learners);
  }

  @Test
  void everyLearnerInheritsTheContract() {
    List<Source> contracts =
        Sources.java("src/test/java").stream()
            .filter(s -> s.text().contains("extends LearnerContractTest"))
            .toList();
    for (ServiceLoader.Provider<Learner> learner :
        ServiceLoader.load(Learner.class).stream().toList()) {
      String made = "new " + learner.type().getSimpleName() + "()";
      assertThat(contracts).as("contract test of " + made).anyMatch(s -> s.text().contains(made));
    }
  }

  @Test
  void choicesAreSealed() {
    assertThat(List.of(Outcome.class, Trainer.class, Expression.class, Feature.class))
        .allMatch(Class::isSealed);
  }

  @Test
  void doorsAreOpen() {
    assertThat(List.of(Learner.class, Engine.class, TableFormat.class, TableSource.class))
        .allMatch(door -> door.isInterface() && !door.isSealed());
  }

  /** Names of services and of what is registered for them in a module. */
  private static Map<String, List<String>> registered(Path module) throws IOException {
    Path folder =
        Sources.folders().stream()
            .filter(f -> f.endsWith(module))
            .findFirst()
            .orElseThrow()
            .resolve("src/main/resources/META-INF/services");
    Map<String, List<String>> registered = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          registered.put(
              file.getFileName().toString(),
              Files.readAllLines(file).stream()
                  .map(String::strip)
                  .filter(l -> !l.isEmpty())
                  .toList());
        }
      }
    }
    return registered;
  }
}
