package dev.kingpin.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number that was estimated and measured.
 *
 * @param label for people
 * @param name in JSON
 * @param estimated NaN if unknown
 * @param measured NaN if unknown
 */
record Figure(String label, String name, Unit unit, double estimated, double measured) {
  /** What a number counts. */
  enum Unit {
    SECONDS,
    BYTES,
    THINGS,
    SHARE;

    private String words(double number) {
      if (Double.isNaN(number)) {
        return PlanWords.UNKNOWN;
      }
      return switch (this) {
        case SECONDS -> PlanWords.seconds(number);
        case BYTES -> PlanWords.bytes(number);
        case THINGS -> Numbers.count(Math.round(number));
        case SHARE -> Numbers.percent(number);
      };
    }

    private Object tree(double number) {
      boolean isWhole = this == BYTES || this == THINGS;
      return isWhole && Double.isFinite(number) ? (Object) Math.round(number) : (Object) number;
    }
  }

  static Figure seconds(String label, String name, double estimated, double measured) {
    return new Figure(label, name, Unit.SECONDS, estimated, measured);
  }

  static Figure bytes(String label, String name, double estimated, double measured) {
    return new Figure(label, name, Unit.BYTES, estimated, measured);
  }

  static Figure count(String label, String name, double estimated, double measured) {
    return new Figure(label, name, Unit.THINGS, estimated, measured);
  }

  /** In words: the estimate. */
  String estimate() {
    return unit.words(estimated);
  }

  /** In words: what was measured. */
  String measurement() {
    return unit.words(measured);
  }

  /** In words: how many times as much was measured as estimated. */
  String ratio() {
    return PlanWords.ratio(estimated, measured);
  }

  /** Estimates and measurements by name, for {@link Json}. */
  static Map<String, @Nullable Object> tree(List<Figure> figures) {
    Map<String, @Nullable Object> estimated = new LinkedHashMap<>();
    Map<String, @Nullable Object> measured = new LinkedHashMap<>();
    for (Figure figure : figures) {
      estimated.put(figure.name, figure.unit.tree(figure.estimated));
      measured.put(figure.name, figure.unit.tree(figure.measured));
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("estimated", estimated);
    tree.put("measured", measured);
    return tree;
  }
}
