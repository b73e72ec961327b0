package dev.kingpin.bench;

import java.util.Arrays;

/**
 * What a run sends by the formulas of Li and Kumar (PVLDB 14(11), 2021, section 3): beside the rows
 * only models, each once a step, one config after the other.
 *
 * @param rows that workers get
 * @param models that are sent
 * @param syncs steps that wait
 */
record PaperCounts(double rows, double models, double syncs) {

  /**
   * What the formulas depend on.
   *
   * @param sizes (groups): rows of each
   * @param steps (groups): what the paper calls epochs
   * @param batch rows after which models change; 0 if that is at the end of an epoch
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Numbers(int[] sizes, double[] steps, int batch, int configs, int workers) {
    double rows() {
      return Arrays.stream(sizes).sum();
    }

    /** Changes of the models of groups of so many rows and more. */
    double updates(int least) {
      double sum = 0;
      for (int g = 0; g < sizes.length; g++) {
        double each = batch > 0 ? (double) sizes[g] / batch : 1;
        sum += sizes[g] >= least ? steps[g] * each : 0;
      }
      return sum;
    }

    double mostSteps() {
      return Arrays.stream(steps).max().orElse(0);
    }

    /** Rows of the smallest group of the larger half. */
    int median() {
      int[] sorted = sizes.clone();
      Arrays.sort(sorted);
      return sorted[sizes.length / 2];
    }
  }

  /** By the formula of a strategy; the paper has none for mop, so that of gl for each group. */
  static PaperCounts of(String strategy, Numbers numbers) {
    double n = numbers.rows();
    double s = numbers.configs();
    double h = numbers.mostSteps();
    double p = numbers.workers();
    return switch (strategy) {
      case "gtp", "gtp-fifo" -> new PaperCounts(n, 0, 0);
      case "mtp" -> new PaperCounts(n * p, 0, 0);
      case "dp" -> new PaperCounts(n, s * numbers.updates(0), s * numbers.updates(0));
      case "sp" -> {
        double updates = numbers.updates(numbers.median());
        yield new PaperCounts(n, s * updates, s * updates);
      }
      case "gl", "gl-equal" -> new PaperCounts(n, s * h * p, h);
      case "mop" -> new PaperCounts(n, numbers.sizes().length * s * h * p, h);
      default -> new PaperCounts(Double.NaN, Double.NaN, Double.NaN);
    };
  }
}
