package dev.kingpin.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Several measurements of one thing.
 *
 * @param median of all
 * @param least of all
 * @param most of all
 */
record Spread(double median, double least, double most) {
  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Each of {@code above} divided by its partner in {@code below}. */
  static Spread ofRatios(List<Double> above, List<Double> below) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      ratios.add(above.get(i) / below.get(i));
    }
    return of(ratios);
  }

  /** The median, then the range, with three significant digits. */
  @Override
  public String toString() {
    double[] all = {median, least, most};
    String[] words = Arrays.stream(all).mapToObj(Spread::rounded).toArray(String[]::new);
    return words[0] + " (" + words[1] + "-" + words[2] + ")";
  }

  /** Three significant digits. */
  static String rounded(double value) {
    int whole = (int) Math.floor(Math.log10(Math.max(1e-4, Math.abs(value))));
    return String.format(Locale.ROOT, "%,." + Math.max(0, 2 - whole) + "f", value);
  }
}
