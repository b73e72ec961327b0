package dev.kingpin.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of all groups.
 *
 * @param groups all of them
 * @param trained with a tuned model
 * @param constant whose targets are all equal
 * @param onParents without a model, so that a family that is not the global one answers
 * @param onGlobal without a model, so that the global one answers
 * @param failed without a model, so that nobody answers
 * @param best trained groups, by who answers for them
 * @param fallbacks groups for which others answer, by reason
 * @param failures failed groups, by reason
 */
public record Fates(
    int groups,
    int trained,
    int constant,
    int onParents,
    int onGlobal,
    int failed,
    Map<Contender, Integer> best,
    Map<String, Integer> fallbacks,
    Map<String, Integer> failures) {

  static Fates of(List<GroupLine> lines) {
    return new Fates(
        lines.size(),
        count(lines, "trained"),
        count(lines, "constant"),
        fallbacks(lines, Contender.PARENT),
        fallbacks(lines, Contender.GLOBAL),
        count(lines, "failed"),
        best(lines),
        reasons(lines, "fallback"),
        reasons(lines, "failed"));
  }

  private static int count(List<GroupLine> lines, String status) {
    return (int) lines.stream().filter(l -> l.status().equals(status)).count();
  }

  private static int fallbacks(List<GroupLine> lines, Contender answering) {
    return (int)
        lines.stream()
            .filter(l -> l.status().equals("fallback") && l.answering() == answering)
            .count();
  }

  private static Map<String, Integer> reasons(List<GroupLine> lines, String status) {
    Map<String, Integer> reasons = new TreeMap<>();
    lines.stream()
        .filter(l -> l.status().equals(status))
        .forEach(l -> reasons.merge(Objects.requireNonNull(l.reason()), 1, Integer::sum));
    return reasons;
  }

  private static Map<Contender, Integer> best(List<GroupLine> lines) {
    Map<Contender, Integer> best = new EnumMap<>(Contender.class);
    for (GroupLine line : lines) {
      if (line.winner() != null && line.answering() != null) {
        best.merge(line.answering(), 1, Integer::sum);
      }
    }
    return best;
  }

  /** Trained groups for which this one answers. */
  int answered(Contender who) {
    return best.getOrDefault(who, 0);
  }

  /** Groups without a model for which others answer. */
  public int fallback() {
    return onParents + onGlobal;
  }

  /** All in one line, for people. */
  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(Numbers.count(trained) + " trained");
    if (constant > 0) {
      parts.add(Numbers.count(constant) + " constant");
    }
    if (fallback() > 0) {
      parts.add(answered() + reasons(fallbacks));
    }
    parts.add(Numbers.count(failed) + " failed" + reasons(failures));
    return String.join(", ", parts);
  }

  private String answered() {
    String parents = Numbers.count(onParents) + " answered by parents";
    String global = (onParents > 0 ? " by" : " answered by") + " the global model";
    List<String> parts = new ArrayList<>();
    if (onParents > 0) {
      parts.add(parents);
    }
    if (onGlobal > 0) {
      parts.add(Numbers.count(onGlobal) + global);
    }
    return String.join(", ", parts);
  }

  private static String reasons(Map<String, Integer> reasons) {
    return reasons.isEmpty() ? "" : " (" + list(reasons) + ")";
  }

  private static String list(Map<String, Integer> reasons) {
    return reasons.entrySet().stream()
        .map(e -> Numbers.count(e.getValue()) + " " + e.getKey().replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
