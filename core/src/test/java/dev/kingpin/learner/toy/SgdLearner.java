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
import dev.kingpin.learner.Setting;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Least squares by stochastic gradient descent: a SEQUENTIAL chain for each number of epochs. */
public class SgdLearner implements Learner {
  static int epochs(Config config) {
    return (int) config.number("epochs");
  }

  static double rate(Config config) {
    return config.number("rate");
  }

  @Override
  public String name() {
    return "toy-sgd";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("epochs", "passes over the rows", 1, 100, List.of("1", "3")),
        new Setting("rate", "length of a step", 0.0001, 1, List.of("0.01", "0.05")));
  }

  @Override
  public List<Task> tasks() {
    return List.of(Task.REGRESSION);
  }

  @Override
  public List<Chain> chains(Task task, Metric metric, List<Fit> fits) {
    Map<List<Object>, List<Fit>> alike = new LinkedHashMap<>();
    fits.forEach(
        f ->
            alike
                .computeIfAbsent(List.of(f.mask(), epochs(f.config())), k -> new ArrayList<>())
                .add(f));
    return alike.values().stream()
        .map(same -> new Chain(Pattern.SEQUENTIAL, task, metric, same))
        .toList();
  }

  @Override
  public Trainer<?> trainer(Chain chain) {
    return new SgdTrainer();
  }

  @Override
  public Work work(GroupShape shape, Chain chain) {
    int passes = 1 + epochs(chain.fits().get(0).config());
    double cells = (double) shape.rows() * (shape.numeric() + 1);
    Work.Phase pass =
        new Work.Phase(
            Work.Kind.UPDATES, passes, 4 * cells * chain.fits().size(), 4 * cells, 0, 0, 8, 1);
    return new Work(List.of(pass), 17 + 8.0 * (shape.numeric() + 3) * chain.fits().size());
  }

  @Override
  public Model constant(Features features, double... answer) {
    return SgdModel.constant(features, answer[0]);
  }

  @Override
  public Comparator<Config> simplerFirst() {
    return Comparator.comparingInt(SgdLearner::epochs);
  }

  @Override
  public ModelCodec codec() {
    return new SgdModel.Codec();
  }
}
