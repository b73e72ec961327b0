package dev.kingpin.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Seconds of runs of Kingpin and of a peer, going one or several ways, that took turns. */
final class PairedTimes {
  private final int models;
  private final List<Double> ours = new ArrayList<>();
  private final List<Double> training = new ArrayList<>();
  private final Map<String, List<Double>> theirs = new LinkedHashMap<>();

  /**
   * @param models that each run trains
   */
  PairedTimes(int models) {
    this.models = models;
  }

  void add(KingpinRun run) {
    ours.add(run.seconds());
    training.add(run.trainSeconds());
  }

  void add(String way, double seconds) {
    theirs.computeIfAbsent(way, w -> new ArrayList<>()).add(seconds);
  }

  /**
   * Prints medians and ranges.
   *
   * @param peak of the machine, GFLOP/s
   * @param flops of one run; NaN if they are not known
   */
  void print(double peak, double flops) {
    Spread all = Spread.of(ours);
    Spread fits = Spread.of(training);
    double rate = flops / fits.median() / 1e9;
    line("kingpin", all + " s, " + fits + " s of them after reading; " + speed(all));
    if (!Double.isNaN(flops)) {
      line(
          "",
          "%s GFLOP/s after reading, %.1f%% of the peak; plain work of %s GFLOP"
              .formatted(Spread.rounded(rate), 100 * rate / peak, Spread.rounded(flops / 1e9)));
    }
    theirs.forEach(
        (way, seconds) -> {
          Spread peer = Spread.of(seconds);
          line("peer", peer + " s; " + speed(peer) + "; " + way);
          Spread ratio = Spread.ofRatios(seconds, ours);
          line("ratio", ratio + "; after reading " + Spread.ofRatios(seconds, training));
        });
  }

  private String speed(Spread seconds) {
    return Spread.rounded(models / seconds.median()) + " models/s";
  }

  private static void line(String name, String text) {
    System.out.printf("%-11s %s%n", name, text);
  }
}
