package dev.kingpin.learner.toy;

import dev.kingpin.data.Features;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.Setting;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Boosting of binned features, one a round: a SAMPLING chain whose scores stay with the rows. */
public class BinnedLearner implements Learner {
  static int rounds(Config config) {
    return (int) config.number("rounds");
  }

  static double rate(Config config) {
    return config.number("rate");
  }

  @Override
  public String name() {
    return "toy-binned";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("rate", "share of each step", 0.01, 1, List.of("0.3", "0.7")),
        new Setting("rounds", "number of steps", 1, 100, List.of("2", "5")));
  }

  @Override
  public List<Task> tasks() {
    return List.of(Task.REGRESSION);
  }

  @Override
  public List<Chain> chains(Task task, Metric metric, List<Fit> fits) {
    Map<RowMask, List<Fit>> byMask = new LinkedHashMap<>();
    fits.forEach(f -> byMask.computeIfAbsent(f.mask(), m -> new ArrayList<>()).add(f));
    return byMask.values().stream()
        .map(same -> new Chain(Pattern.SAMPLING, task, metric, same))
        .toList();
  }

  @Override
  public Trainer<?> trainer(Chain chain) {
    return new BinnedTrainer();
  }

  @Override
  public Work work(GroupShape shape, Chain chain) {
    int passes = 1 + chain.fits().stream().mapToInt(f -> rounds(f.config())).max().orElse(0);
    double rows = shape.rows();
    double bytes = 4 * rows * (shape.numeric() + shape.categories());
    Work.Phase pass =
        new Work.Phase(
            Work.Kind.HISTOGRAMS, passes, 4 * rows * chain.fits().size(), bytes, 0, 8, 8, 1);
    return new Work(List.of(pass), 24 + chain.fits().size() * (4 + 40.0 * (passes - 1)));
  }

  @Override
  public Model constant(Features features, double... answer) {
    return BinnedModel.constant(features, answer[0]);
  }

  @Override
  public Comparator<Config> simplerFirst() {
    return Comparator.comparingInt(BinnedLearner::rounds);
  }

  @Override
  public ModelCodec codec() {
    return new BinnedModel.Codec();
  }
}
