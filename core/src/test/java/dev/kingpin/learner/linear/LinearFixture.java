package dev.kingpin.learner.linear;

import static java.util.Objects.requireNonNull;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.data.TableSource;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Metric;
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

/** Trains single groups and brings their coefficients in standardised coordinates. */
final class LinearFixture {
  private LinearFixture() {}

  /**
   * A fit that ended well.
   *
   * @param standardised coefficients of the active columns, the intercept last; of the target less
   *     nothing
   */
  record Fitted(Design design, Scaling scaling, double[] standardised, double objective) {}

  static GroupedTable encode(TableSource source, Task task, Recipe recipe) {
    TrainQuery query =
        TrainQuery.groupBy("g")
            .predict("y")
            .task(task)
            .weight(recipe.weighted() ? "w" : null)
            .build();
    return TableEncoder.read(
        source, QueryResolver.resolve(query, source.schema()).encoding(), (rows, all) -> {});
  }

  static List<Fitted> train(GroupRows rows, Task task, List<Double> penalties) {
    Validation validation = Validation.holdout(0.2);
    Split.assign(rows, validation, 7);
    List<Config> configs =
        penalties.stream().map(p -> new Config(new TreeMap<>(Map.of("l2", p.toString())))).toList();
    Chain chain =
        new LinearLearner()
            .chains(task, Metric.defaultFor(task), GroupTraining.fits(configs, validation.masks()))
            .get(0);
    return switch (task) {
      case REGRESSION -> {
        RidgeTrainer trainer = new RidgeTrainer();
        RidgeState state = run(trainer, trainer.begin(chain, rows.stats(), null), rows);
        yield fitted(
            trainer,
            state,
            requireNonNull(state.design),
            requireNonNull(state.moments),
            rows,
            chain);
      }
      case CLASSIFICATION -> {
        LogisticTrainer trainer = new LogisticTrainer();
        LogisticState state = run(trainer, trainer.begin(chain, rows.stats(), null), rows);
        yield fitted(
            trainer,
            state,
            requireNonNull(state.design),
            requireNonNull(state.moments),
            rows,
            chain);
      }
    };
  }

  private static <S, Q, P> S run(AggregateTrainer<S, Q, P> trainer, S state, GroupRows rows) {
    Workspace workspace = new Workspace(Kernels.best());
    for (Q request = trainer.ask(state); request != null; request = trainer.ask(state)) {
      P partial = trainer.partial(request, null);
      for (int b = 0; b < rows.blocks(); b++) {
        trainer.accumulate(request, rows.block(b), RowState.NONE, partial, workspace);
      }
      trainer.tell(state, partial);
    }
    return state;
  }

  private static <S> List<Fitted> fitted(
      AggregateTrainer<S, ?, ?> trainer,
      S state,
      Design design,
      Moments moments,
      GroupRows rows,
      Chain chain) {
    List<Fitted> fits = new ArrayList<>();
    Scaling scaling = Scaling.of(design, moments);
    for (int f = 0; f < chain.fits().size(); f++) {
      FitResult result = trainer.finish(state, f);
      LinearModel model = (LinearModel) result.model();
      if (model == null) {
        throw new AssertionError(result.problem());
      }
      fits.add(
          new Fitted(
              design, scaling, standardised(model, design, scaling, rows), result.objective()));
    }
    return fits;
  }

  /** Undoes what the model did to the trained weights, from what the model shows to users. */
  private static double[] standardised(
      LinearModel model, Design design, Scaling scaling, GroupRows rows) {
    List<Double> beta = new ArrayList<>();
    double intercept = model.terms().intercepts()[0] - rows.stats().targetOffset();
    for (int j = 0; j < design.columns(); j++) {
      double weight;
      double mean;
      double deviation;
      if (j < design.numeric()) {
        weight = model.terms().coefficients()[j];
        boolean varies = design.inverse[j] > 0;
        mean = varies ? design.centre[j] + scaling.mean[j] / design.inverse[j] : design.centre[j];
        deviation = varies ? scaling.deviation[j] / design.inverse[j] : 1;
      } else {
        weight = other(model, design, j);
        mean = scaling.mean[j];
        deviation = scaling.deviation[j];
      }
      intercept += weight * mean;
      if (scaling.active[j]) {
        beta.add(weight * deviation);
      }
    }
    beta.add(intercept);
    return beta.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double other(LinearModel model, Design design, int column) {
    if (column < design.dense()) {
      return model.terms().indicators()[design.indicators[column - design.numeric()]];
    }
    for (int c = 0; c < design.categories(); c++) {
      for (int i = 0; i < model.levels()[c].length; i++) {
        if (design.column(c, model.levels()[c][i]) == column) {
          return model.terms().levels()[c][i];
        }
      }
    }
    throw new AssertionError("no weight of column " + column);
  }
}
