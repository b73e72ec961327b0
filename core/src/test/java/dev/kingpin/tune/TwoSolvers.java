package dev.kingpin.tune;

import dev.kingpin.data.Features;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.learner.Setting;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Work;
import dev.kingpin.query.GridCheck;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.ResolvedQuery;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A learner to search for: its solver "exact" has no epochs and no rate. It cannot learn. */
final class TwoSolvers implements Learner {
  static ResolvedQuery resolve(QueryBuilder query) {
    return GridCheck.resolved(query.build(), new TwoSolvers());
  }

  @Override
  public String name() {
    return "two-solvers";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting("l2", "a penalty", 0, 1e12, List.of("0", "0.1", "1")),
        new Setting("shrink", "a pull; 0 for none", 0, 100, List.of("0")),
        Setting.word("solver", "how", "exact", "sgd"),
        Setting.whole("epochs", "passes", 1, 1000, 10),
        new Setting("rate", "length of a step", 1e-6, 1, List.of("0.01", "0.1")));
  }

  @Override
  public Config canonical(Config config) {
    SortedMap<String, String> settings = new TreeMap<>(config.settings());
    if (config.text("solver", "").equals("exact")) {
      settings.remove("epochs");
      settings.remove("rate");
    }
    if (config.number("shrink", 0) == 0) {
      settings.remove("shrink");
    }
    return new Config(settings);
  }

  @Override
  public void check(Task task, Config config) {
    if (config.number("epochs", 0) == 999) {
      throw new InputException("No task takes 999 epochs.");
    }
  }

  @Override
  public List<Task> tasks() {
    return List.of(Task.REGRESSION);
  }

  @Override
  public List<Chain> chains(Task task, Metric metric, List<Fit> fits) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Trainer<?> trainer(Chain chain) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Work work(GroupShape shape, Chain chain) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Model constant(Features features, double... answer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Comparator<Config> simplerFirst() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ModelCodec codec() {
    throw new UnsupportedOperationException();
  }
}
