package dev.kingpin.learner.linear;

import static java.util.Objects.requireNonNull;

import dev.kingpin.data.GroupedTable;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.Task;
import dev.kingpin.query.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trains a group and tells how far each of its fits is from the optimum. */
final class OptimumCheck {
  /** Coefficients that are smaller beside the largest are compared as if they were that large. */
  private static final double SMALL = 0.01;

  /** As SMALL, for several classes: few rows of each say less than sums of float32 keep. */
  private static final double SMALL_OF_CLASSES = 0.1;

  private final PlainLoss loss;
  private final int outputs;
  private final RawRows own;
  private final RawRows other;
  private final TrainedFits fits;

  /**
   * @param classes that targets tell apart; 0 if they are numbers
   * @param other a group of the same table, whose model is the parent where one is asked for
   */
  OptimumCheck(PlainLoss loss, int classes, RawRows own, RawRows other, Validation validation) {
    this.loss = loss;
    this.own = own;
    this.other = other;
    outputs = Math.max(1, loss == PlainLoss.SOFTMAX ? classes : 1);
    Task task = classes > 0 ? Task.CLASSIFICATION : Task.REGRESSION;
    GroupedTable table = TrainedFits.encode(RawRows.table(classes, own, other), task, own.weighted);
    String words = loss == PlainLoss.POISSON ? "loss=poisson l2=0.1" : "l2=0.1";
    fits =
        TrainedFits.of(table.rows(0), task, validation)
            .leaningOn(table.rows(1), TrainedFits.config(words));
  }

  /**
   * How far a fit is from the optimum.
   *
   * @param coefficients the largest distance of a coefficient, beside its size
   * @param objective how much it is above the optimum, beside the optimum
   * @param told how far from it the objective is that the fit tells, beside its size
   * @param zeros coefficients that are zero in one place only
   */
  record Distance(Fit fit, double coefficients, double objective, double told, int zeros) {}

  /** The distances of all fits of some configs. */
  List<Distance> distances(List<Config> configs) {
    List<Distance> distances = new ArrayList<>();
    fits.train(configs).forEach((fit, result) -> distances.add(distance(fit, result)));
    return distances;
  }

  private Distance distance(Fit fit, FitResult result) {
    PlainDesign design = new PlainDesign(own, fits.learned(fit.mask()));
    PlainProblem problem = problem(design, fit.config(), fit.mask());
    double[] best = PlainNewton.solve(problem);
    double[] found = coordinates(design, TrainedFits.model(result), null);
    double lowest = problem.objective(best);
    double told = lowest + problem.leftOut();
    return new Distance(
        fit,
        coefficients(problem.centred(best), problem.centred(found)),
        (problem.objective(found) - lowest) / lowest,
        Math.abs(result.objective() - told) / Math.max(lowest, Math.abs(told)),
        zeros(problem, best, found));
  }

  private PlainProblem problem(PlainDesign design, Config config, RowMask mask) {
    double shrink = config.number(LinearLearner.SHRINK, 0);
    double[] prior = shrink > 0 ? coordinates(design, fits.parent(mask), other) : null;
    Penalty penalty =
        new Penalty(
            config.number(LinearLearner.L1, 0),
            config.number(LinearLearner.L2, 0),
            shrink / design.rows);
    return new PlainProblem(design, loss, outputs, penalty, prior);
  }

  /**
   * @param of the rows that the model was learned from, if they are another group's
   */
  private double[] coordinates(PlainDesign design, Model model, @Nullable RawRows of) {
    List<Map<String, Double>> shown = TrainedFits.shown(model);
    double[] all = new double[outputs * design.width()];
    for (int k = 0; k < outputs; k++) {
      Map<String, Double> weights = requireNonNull(shown.get(k));
      double[] part = of == null ? design.coordinates(weights) : design.coordinates(weights, of);
      System.arraycopy(part, 0, all, k * design.width(), design.width());
    }
    return all;
  }

  private double coefficients(double[] best, double[] found) {
    double small = outputs > 1 ? SMALL_OF_CLASSES : SMALL;
    double largest = Textbook.largest(best);
    double distance = 0;
    for (int i = 0; i < best.length; i++) {
      double size = Math.max(Math.abs(best[i]), small * largest);
      distance = Math.max(distance, Math.abs(found[i] - best[i]) / size);
    }
    return distance;
  }

  private static int zeros(PlainProblem problem, double[] best, double[] found) {
    int zeros = 0;
    for (int i = 0; i < best.length; i++) {
      boolean differ = (best[i] == 0) != (found[i] == 0);
      zeros += differ && !problem.isShiftFree(i % problem.width) ? 1 : 0;
    }
    return zeros;
  }
}
