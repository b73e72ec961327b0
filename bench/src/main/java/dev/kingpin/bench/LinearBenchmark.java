package dev.kingpin.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Linear models of many groups, beside scikit-learn on the same rows, the same held-out rows and
 * the same penalties.
 *
 * <pre>
 * bench/run linear [SCENARIO...] [--scale F] [--repeats N] [--threads N]
 *                  [--peer-groups N] [--way WAY]
 * </pre>
 *
 * The table of a scenario is made, and Kingpin trains on it in memory; its seconds begin with a
 * table of mixed groups and end with the models. scikit-learn gets the rows sorted by group and by
 * side of the holdout in the memory of its workers, and its seconds begin and end with the fits and
 * their metrics. It goes the way that is fastest on a sample of the groups, the fastest way that is
 * a loop over the penalties, and the way its estimators go by default, unless one is named. Nothing
 * is timed before both sides have equal metrics. Runs take turns; with no repeats, nothing is
 * timed.
 *
 * <p>Of very many small groups the peer may get some only: then its seconds are multiplied by the
 * number of groups over those that it trained.
 */
final class LinearBenchmark {
  /** The compiler is through with most of it by then. */
  private static final double WARM_SECONDS = 15;

  /** Wider tables are trained without Hessians. */
  private static final int NEWTON_FEATURES = 191;

  /** A way that takes so many times as long as another is not tried twice. */
  private static final double HOPELESS = 3;

  /** How names of ways start that do all penalties in one call. */
  private static final String AT_ONCE = "at-once";

  private final LinearOptions options;

  private LinearBenchmark(LinearOptions options) {
    this.options = options;
  }

  static void run(List<String> arguments) throws Exception {
    LinearOptions options = LinearOptions.of(arguments);
    LinearBenchmark benchmark = new LinearBenchmark(options);
    double peak = Machine.peak(options.threads());
    System.out.printf(Locale.ROOT, "%s%n", Machine.describe());
    System.out.printf(
        Locale.ROOT, "peak        %.0f GFLOP/s on %d threads%n", peak, options.threads());
    List<String> names = options.names().isEmpty() ? Scenario.COMPARED : options.names();
    int failed = 0;
    for (String name : names) {
      try {
        benchmark.compare(Scenario.of(name, options.scale()), peak);
      } catch (RuntimeException e) {
        failed++;
        System.out.println("failed      " + e.getMessage());
      }
    }
    if (failed > 0) {
      throw new IllegalStateException(failed + " of " + names.size() + " scenarios failed.");
    }
  }

  private void compare(Scenario scenario, double peak) throws IOException {
    System.out.printf("%n%s%n", scenario);
    if (times(scenario) > 1) {
      System.out.printf(
          Locale.ROOT,
          "peer        gets %,d of the groups; its seconds are multiplied by %s%n",
          options.peerGroups(),
          Spread.rounded(times(scenario)));
    }
    ColumnTable table = MadeTable.of(scenario);
    try (TempFolder folder = TempFolder.create()) {
      long fitRows = PeerFiles.write(scenario, table, options.peerGroups(), folder.path());
      try (Peer peer = Peer.start(folder.path(), options.threads())) {
        List<String> ways = ways(peer);
        requireEqual(scenario, table, peer, ways);
        if (options.repeats() == 0) {
          return;
        }
        double steps = scenario.isLogistic() ? peer.steps() : 1;
        double flops = times(scenario) * flops(scenario, fitRows, steps);
        time(scenario, table, peer, ways).print(peak, flops);
      }
    }
  }

  /** The fastest way on a sample, the fastest of those that loop over the penalties, the first. */
  private List<String> ways(Peer peer) throws IOException {
    if (options.way() != null) {
      return List.of(options.way());
    }
    Map<String, Double> seconds = new LinkedHashMap<>();
    double least = Double.POSITIVE_INFINITY;
    for (String way : peer.ways()) {
      double first = peer.seconds(way);
      if (Double.isFinite(first)) {
        double shorter = first < HOPELESS * least ? Math.min(first, peer.seconds(way)) : first;
        System.out.printf("sample      %s s  %s%n", Spread.rounded(shorter), way);
        seconds.put(way, shorter);
        least = Math.min(least, shorter);
      }
    }
    String best = fastest(seconds);
    String plain = seconds.keySet().iterator().next();
    seconds.keySet().removeIf(way -> way.startsWith(AT_ONCE));
    return Stream.of(best, fastest(seconds), plain).distinct().toList();
  }

  private static String fastest(Map<String, Double> seconds) {
    return seconds.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** The gate; and warm-up for both. */
  private void requireEqual(Scenario scenario, ColumnTable table, Peer peer, List<String> ways)
      throws IOException {
    KingpinRun run = KingpinRun.of(scenario, table, options.threads());
    double[] metrics = run.metrics(scenario.penalties().size());
    System.out.printf(
        Locale.ROOT, "quality     a constant for each group %.6f%n", run.constantMetric());
    for (String way : ways) {
      peer.run(way);
      double[] theirs = peer.metrics();
      int both = times(scenario) > 1 ? theirs.length : metrics.length;
      Gate gate = Gate.of(Arrays.copyOf(metrics, both), theirs, scenario.penalties().size());
      System.out.printf("peer        %s, %s%nquality     %s%n", peer.name(), way, gate);
      if (!gate.isPassed()) {
        throw new IllegalStateException("Results are not equally good, so nothing is timed.");
      }
    }
  }

  /** How many groups there are for each that the peer gets. */
  private double times(Scenario scenario) {
    int groups = scenario.sizes().length;
    return (double) groups / Math.min(groups, options.peerGroups());
  }

  private PairedTimes time(Scenario scenario, ColumnTable table, Peer peer, List<String> ways)
      throws IOException {
    for (double warm = 0; warm < WARM_SECONDS; ) {
      warm += KingpinRun.of(scenario, table, options.threads()).seconds();
    }
    PairedTimes times = new PairedTimes(scenario.models());
    for (int i = 0; i < options.repeats(); i++) {
      times.add(KingpinRun.of(scenario, table, options.threads()));
      for (String way : ways) {
        times.add(way, times(scenario) * peer.run(way));
      }
    }
    return times;
  }

  /**
   * Operations that cannot be avoided without a trick: the upper triangles of the Gram matrices of
   * all columns and the intercept, one for all penalties of least squares, one for each penalty and
   * Newton step of logistic regression. NaN for wide tables, where nobody takes such steps.
   */
  private static double flops(Scenario scenario, long fitRows, double steps) {
    if (scenario.features() > NEWTON_FEATURES) {
      return Double.NaN;
    }
    double width = scenario.features() + 1.0;
    double gram = fitRows * width * (width + 1);
    return scenario.isLogistic() ? gram * steps * scenario.penalties().size() : gram;
  }
}
