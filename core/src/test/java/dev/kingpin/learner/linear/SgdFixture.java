package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Workspace;
import dev.kingpin.query.Validation;
import dev.kingpin.tune.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Groups with a known loss, and chains of stochastic fits run to their end. */
final class SgdFixture {
  static final RowMask HOLDOUT = new RowMask(1);

  private SgdFixture() {}

  /** Rows of one group, a fifth of them held out. */
  static GroupRows rows(Loss loss, int count, long seed) {
    Task task = task(loss);
    GroupRows rows = ModelFixture.encode(table(loss, count, seed), task, "w").rows(0);
    Split.assign(rows, Validation.holdout(0.2), 7);
    return rows;
  }

  static Task task(Loss loss) {
    return loss == Loss.SQUARED || loss == Loss.POISSON ? Task.REGRESSION : Task.CLASSIFICATION;
  }

  /** Columns {@code x0} to {@code x4} (the last says nothing), {@code c}, {@code w}, {@code y}. */
  private static MemoryTable table(Loss loss, int rows, long seed) {
    Random random = new Random(seed);
    String[] key = new String[rows];
    String[] level = new String[rows];
    double[][] x = new double[5][rows];
    double[] weight = new double[rows];
    double[] y = new double[rows];
    String[] words = new String[rows];
    for (int r = 0; r < rows; r++) {
      key[r] = "one";
      int code = Math.min(3, (int) (-2 * Math.log(1 - random.nextDouble())));
      level[r] = "level " + code;
      double sum = 0.3 * code;
      for (int j = 0; j < x.length; j++) {
        double value = random.nextGaussian();
        sum += j < 4 ? (j - 1.5) * 0.4 * value : 0;
        x[j][r] = j == 1 && random.nextDouble() < 0.1 ? Double.NaN : (float) (100 * j + 3 * value);
      }
      weight[r] = (float) (0.5 + random.nextDouble());
      y[r] = target(loss, sum, random);
      words[r] = "class " + (int) y[r];
    }
    MemoryTable table = new MemoryTable("one group").text("g", key).text("c", level);
    for (int j = 0; j < x.length; j++) {
      table.number("x" + j, x[j]);
    }
    table.number("w", weight);
    return task(loss) == Task.REGRESSION ? table.number("y", y) : table.text("y", words);
  }

  private static double target(Loss loss, double sum, Random random) {
    return switch (loss) {
      case SQUARED -> (float) (5 + 10 * sum + 5 * random.nextGaussian());
      case LOGISTIC -> random.nextDouble() < 1 / (1 + Math.exp(-sum)) ? 1 : 0;
      case POISSON -> poisson(Math.exp(0.5 * sum + 1), random);
      case SOFTMAX -> Math.max(0, Math.min(2, Math.round(1 + sum + random.nextGaussian())));
    };
  }

  private static int poisson(double mean, Random random) {
    double left = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > left) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** A config from words such as {@code l2=0.1}. */
  static Config config(Loss loss, String... settings) {
    TreeMap<String, String> values = new TreeMap<>();
    for (String setting : settings) {
      int at = setting.indexOf('=');
      values.put(setting.substring(0, at), setting.substring(at + 1));
    }
    if (loss == Loss.POISSON) {
      values.put("loss", "poisson");
    }
    return new Config(values);
  }

  /** The one chain of these configs. */
  static Chain chain(Loss loss, RowMask mask, List<Config> configs) {
    Task task = task(loss);
    List<Fit> fits = configs.stream().map(c -> new Fit(c, mask)).toList();
    List<Chain> chains = SgdTrainer.chains(task, Metric.defaultFor(task), fits);
    if (chains.size() != 1) {
      throw new AssertionError(chains.size() + " chains");
    }
    return chains.get(0);
  }

  static SgdState run(Chain chain, GroupRows rows, Kernels kernels) {
    SgdTrainer trainer = new SgdTrainer();
    SgdState state = trainer.begin(chain, rows.stats(), null);
    return runOn(state, rows, kernels);
  }

  static SgdState runOn(SgdState state, GroupRows rows, Kernels kernels) {
    SgdTrainer trainer = new SgdTrainer();
    Workspace workspace = new Workspace(kernels);
    while (trainer.wantsEpoch(state)) {
      for (int b = 0; b < rows.blocks(); b++) {
        trainer.advance(state, rows.block(b), workspace);
      }
      trainer.endEpoch(state);
    }
    return state;
  }

  static List<FitResult> results(SgdState state) {
    List<FitResult> results = new ArrayList<>();
    for (int f = 0; f < state.configs.length; f++) {
      results.add(new SgdTrainer().finish(state, f));
    }
    return results;
  }
}
