package dev.kingpin.learner.linear;

import static java.util.Objects.requireNonNull;

import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.data.Parallel;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Workspace;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.tune.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Trains a group as engines do: all fits in their chains, then a refit of each on all rows. */
final class TrainedFits {
  private static final long SEED = 7;

  private final GroupRows rows;
  private final Task task;
  private final Validation validation;
  private final @Nullable Prior prior;

  private TrainedFits(GroupRows rows, Task task, Validation validation, @Nullable Prior prior) {
    this.rows = rows;
    this.task = task;
    this.validation = validation;
    this.prior = prior;
    Split.assign(rows, validation, SEED);
  }

  /** The groups of a table, encoded. */
  static GroupedTable encode(MemoryTable table, Task task, boolean weighted) {
    TrainQuery query =
        TrainQuery.groupBy("g").predict("y").task(task).weight(weighted ? "w" : null).build();
    return TableEncoder.read(
        table,
        QueryResolver.resolve(query, table.schema()).encoding(),
        Parallel.ALONE,
        (rows, all) -> {});
  }

  static TrainedFits of(GroupRows rows, Task task, Validation validation) {
    return new TrainedFits(rows, task, validation, null);
  }

  /** The same, with what a config learned from another group's rows as parent. */
  TrainedFits leaningOn(GroupRows parent, Config config) {
    TrainedFits above = new TrainedFits(parent, task, validation, null);
    Map<Fit, FitResult> results = above.train(List.of(config));
    List<Model> models = new ArrayList<>();
    for (RowMask mask : masks()) {
      models.add(model(requireNonNull(results.get(new Fit(config, mask)))));
    }
    Model ofAll = models.remove(models.size() - 1);
    return new TrainedFits(rows, task, validation, new Prior(models, ofAll));
  }

  /** The parent's model on the rows of a mask. */
  LinearModel parent(RowMask mask) {
    return (LinearModel) requireNonNull(prior).of(mask);
  }

  /** The masks of the row split, then all rows. */
  List<RowMask> masks() {
    return Stream.concat(validation.masks().stream(), Stream.of(RowMask.ALL)).toList();
  }

  /** Positions of the rows that a mask lets learn from. */
  int[] learned(RowMask mask) {
    return IntStream.range(0, (int) rows.rows()).filter(r -> mask.fits(rows.fold(r))).toArray();
  }

  static Config config(String words) {
    TreeMap<String, String> settings = new TreeMap<>();
    for (String word : words.split(" ", -1)) {
      int at = word.indexOf('=');
      settings.put(word.substring(0, at), word.substring(at + 1));
    }
    return new Config(settings);
  }

  static Model model(FitResult result) {
    Model model = result.model();
    if (model == null) {
      throw new AssertionError(result.problem());
    }
    return model;
  }

  /** Fits of all configs on all masks; those on all rows are refits of those on the first mask. */
  Map<Fit, FitResult> train(List<Config> configs) {
    LinearLearner learner = new LinearLearner();
    Map<Fit, FitResult> results = new LinkedHashMap<>();
    List<Fit> fits = GroupTraining.fits(configs, validation.masks());
    for (Chain chain : learner.chains(task, Metric.defaultFor(task), fits)) {
      run((AggregateTrainer<?, ?, ?>) learner.trainer(chain), chain, results);
    }
    return results;
  }

  private <S, Q, P> void run(
      AggregateTrainer<S, Q, P> trainer, Chain chain, Map<Fit, FitResult> results) {
    S state = trainer.begin(chain, rows.stats(), prior);
    drive(trainer, state);
    for (int f = 0; f < chain.fits().size(); f++) {
      Fit fit = chain.fits().get(f);
      results.put(fit, trainer.finish(state, f));
      if (fit.mask().equals(masks().get(0))) {
        S again = trainer.refit(state, f);
        drive(trainer, again);
        results.put(new Fit(fit.config(), RowMask.ALL), trainer.finish(again, 0));
      }
    }
  }

  private <S, Q, P> void drive(AggregateTrainer<S, Q, P> trainer, S state) {
    Workspace workspace = new Workspace(Kernels.best());
    for (Q request = trainer.ask(state); request != null; request = trainer.ask(state)) {
      P partial = trainer.partial(request, null);
      for (int b = 0; b < rows.blocks(); b++) {
        trainer.accumulate(request, rows.block(b), RowState.NONE, partial, workspace);
      }
      trainer.tell(state, partial);
    }
  }

  /** The weights that users see of each output of a model, by name. */
  static List<Map<String, Double>> shown(Model model) {
    Map<String, Object> described = model.describe();
    List<Map<String, Double>> outputs = new ArrayList<>();
    for (Object part :
        described.containsKey("coefficients") ? List.of(described) : described.values()) {
      Map<?, ?> output = (Map<?, ?>) part;
      Map<String, Double> weights = new TreeMap<>();
      ((Map<?, ?>) requireNonNull(output.get("coefficients")))
          .forEach((name, weight) -> weights.put((String) name, (Double) weight));
      weights.put(Textbook.INTERCEPT, (Double) output.get(Textbook.INTERCEPT));
      outputs.add(weights);
    }
    return outputs;
  }
}
