package dev.kingpin.learner.linear;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.Parallel;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.data.TableSource;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Task;
import dev.kingpin.learner.Workspace;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.tune.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Trains single groups and reads the weights that users see. */
final class LinearFixture {
  private static final Validation VALIDATION = Validation.holdout(0.2);

  /** The rows that {@link #train} learns from. */
  static final RowMask MASK = VALIDATION.masks().get(0);

  private LinearFixture() {}

  /**
   * A fit that ended well.
   *
   * @param weights by what they belong to, such as {@code x1}, {@code x1 is missing}, {@code c =
   *     level 2} and {@code intercept}
   */
  record Fitted(Map<String, Double> weights, double objective) {
    static Fitted of(FitResult result) {
      Model model = result.model();
      if (model == null) {
        throw new AssertionError(result.problem());
      }
      Map<String, Double> weights = new TreeMap<>();
      Map<?, ?> named = (Map<?, ?>) model.describe().get("coefficients");
      named.forEach((name, weight) -> weights.put((String) name, (Double) weight));
      weights.put(Textbook.INTERCEPT, (Double) model.describe().get("intercept"));
      return new Fitted(weights, result.objective());
    }
  }

  static GroupedTable encode(TableSource source, Task task, Recipe recipe) {
    TrainQuery query =
        TrainQuery.groupBy("g")
            .predict("y")
            .task(task)
            .weight(recipe.weighted() ? "w" : null)
            .build();
    return TableEncoder.read(
        source,
        QueryResolver.resolve(query, source.schema()).encoding(),
        Parallel.ALONE,
        (rows, all) -> {});
  }

  /** A fit for each ridge penalty, on the rows of the mask. */
  static List<Fitted> train(GroupRows rows, Task task, List<Double> penalties) {
    Split.assign(rows, VALIDATION, 7);
    List<Config> configs =
        penalties.stream().map(p -> new Config(new TreeMap<>(Map.of("l2", p.toString())))).toList();
    LinearLearner learner = new LinearLearner();
    Chain chain =
        learner
            .chains(task, Metric.defaultFor(task), GroupTraining.fits(configs, List.of(MASK)))
            .get(0);
    return run((AggregateTrainer<?, ?, ?>) learner.trainer(chain), chain, rows);
  }

  private static <S, Q, P> List<Fitted> run(
      AggregateTrainer<S, Q, P> trainer, Chain chain, GroupRows rows) {
    S state = trainer.begin(chain, rows.stats(), null);
    Workspace workspace = new Workspace(Kernels.best());
    for (Q request = trainer.ask(state); request != null; request = trainer.ask(state)) {
      P partial = trainer.partial(request, null);
      for (int b = 0; b < rows.blocks(); b++) {
        trainer.accumulate(request, rows.block(b), RowState.NONE, partial, workspace);
      }
      trainer.tell(state, partial);
    }
    List<Fitted> fits = new ArrayList<>();
    for (int f = 0; f < chain.fits().size(); f++) {
      fits.add(Fitted.of(trainer.finish(state, f)));
    }
    return fits;
  }
}
