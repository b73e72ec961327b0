package dev.kingpin.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Imports go one way: facade, report, engine, store, plan, tune, query, learner, data, kernel. */
class ImportOrderTest {
  /** Each may import what stands before it. The last one is the facade. */
  private static final List<String> ORDER =
      List.of(
          "kernel", "data", "learner", "query", "tune", "plan", "store", "engine", "report", "");

  /** Packages of others, and who may use them; {@code *} is everybody. */
  private static final Map<String, List<String>> FOREIGN =
      Map.ofEntries(
          Map.entry("java.lang", List.of("*")),
          Map.entry("java.util", List.of("*")),
          Map.entry("java.io", List.of("*")),
          Map.entry("java.nio", List.of("*")),
          Map.entry("java.math", List.of("report", "tune")),
          Map.entry("java.time", List.of("store", "")),
          Map.entry("java.security", List.of("store")),
          Map.entry("java.net", List.of("store")),
          Map.entry("org.jspecify.annotations", List.of("*")),
          Map.entry("jdk.incubator.vector", List.of("kernel")),
          Map.entry("tools.jackson", List.of("store", "report")));

  @Test
  void nobodyImportsUpwards() {
    assertThat(
            violations(
                (from, to) -> ORDER.indexOf(layer(place(from))) < ORDER.indexOf(layer(place(to)))))
        .isEmpty();
  }

  /** Families, engines and other extensions are found by name or by the facade. */
  @Test
  void nobodyImportsAnExtensionFromOutside() {
    assertThat(
            violations(
                (from, to) -> {
                  String extension = place(to);
                  boolean isExtension = !extension.equals(layer(extension));
                  String user = place(from);
                  boolean inside = user.equals(extension) || user.startsWith(extension + ".");
                  return isExtension && !inside && !user.isEmpty();
                }))
        .isEmpty();
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    SortedSet<String> layers = new TreeSet<>();
    CoreClasses.ALL.forEach(c -> layers.add(layer(place(c))));
    assertThat(layers).containsExactlyInAnyOrderElementsOf(ORDER);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("dev.kingpin.(**)").should().beFreeOfCycles().check(CoreClasses.ALL);
  }

  @Test
  void onlyTheLibrariesOfThisModuleAreUsedAndWhereTheyBelong() {
    SortedSet<String> violations = new TreeSet<>();
    for (JavaClass from : CoreClasses.ALL) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (!to.isPrimitive() && !CoreClasses.isOurs(to) && !mayUse(from, to.getPackageName())) {
          violations.add(from.getName() + " uses " + to.getName());
        }
      }
    }
    assertThat(violations).isEmpty();
  }

  private static boolean mayUse(JavaClass from, String foreign) {
    return FOREIGN.entrySet().stream()
        .filter(e -> foreign.equals(e.getKey()) || foreign.startsWith(e.getKey() + "."))
        .anyMatch(e -> e.getValue().contains("*") || e.getValue().contains(layer(place(from))));
  }

  private static SortedSet<String> violations(BiPredicate<JavaClass, JavaClass> isWrong) {
    SortedSet<String> violations = new TreeSet<>();
    for (JavaClass from : CoreClasses.ALL) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (CoreClasses.isOurs(to) && isWrong.test(from, to)) {
          violations.add(from.getName() + " -> " + to.getName());
        }
      }
    }
    return violations;
  }

  private static String place(JavaClass of) {
    return CoreClasses.place(of);
  }

  private static String layer(String place) {
    return place.split("\\.", -1)[0];
  }

  @Test
  void theOrderIsTheOneThatTheArchitecturePageTells() {
    List<String> downwards = new ArrayList<>(ORDER.subList(0, ORDER.size() - 1));
    Collections.reverse(downwards);
    assertThat(Sources.read("ARCHITECTURE.md")).contains("-> " + String.join(" -> ", downwards));
  }
}
