package dev.kingpin.engine;

import dev.kingpin.data.Features;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.Scores;
import dev.kingpin.tune.ScoreTotals;
import dev.kingpin.tune.Scoring;
import dev.kingpin.tune.TargetSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Scores models on the validation rows of a group. */
final class Judge {
  private final Learner learner;
  private final Field field;
  private final List<RowMask> masks;
  private final List<Metric> metrics;
  private final Scoring scoring;
  private final int[][] starts; // (masks): null where nobody has asked

  /**
   * @param learner of all models
   * @param metrics wanted, the deciding one first
   */
  Judge(Learner learner, Field field, List<RowMask> masks, List<Metric> metrics) {
    this.learner = learner;
    this.field = field;
    this.masks = masks;
    this.metrics = metrics;
    scoring = new Scoring(learner);
    starts = new int[masks.size()][];
  }

  /** A model for every row mask, or null where there is none. */
  record Contender(List<@Nullable Model> models) {
    Contender {
      models = Collections.unmodifiableList(models);
    }

    /** Whether there is a model for every mask. */
    boolean isComplete() {
      for (Model model : models) {
        if (model == null) {
          return false;
        }
      }
      return true;
    }

    /** The models, of a contender that is complete. */
    List<Model> all() {
      List<Model> all = new ArrayList<>(models.size());
      models.forEach(m -> all.add(Objects.requireNonNull(m)));
      return all;
    }
  }

  /** What contenders score on all validation rows; NaN for those that are not complete. */
  Scores scores(List<Contender> contenders) {
    List<List<Model>> complete = new ArrayList<>();
    for (Contender contender : contenders) {
      if (contender.isComplete()) {
        complete.add(contender.all());
      }
    }
    ScoreTotals totals = new ScoreTotals(complete.size());
    for (int m = 0; m < masks.size(); m++) {
      List<Model> models = new ArrayList<>(complete.size());
      for (List<Model> each : complete) {
        models.add(each.get(m));
      }
      int fold = masks.get(m).heldOut();
      Scoring.Request request = scoring.request(models, metrics, field.stats(), fold, starts(m));
      if (request.rows() > 0) {
        totals.add(request, field.scan(scoring, request, Field.StateKey.NONE));
      }
    }
    double[] values = new double[contenders.size() * metrics.size()];
    Arrays.fill(values, Double.NaN);
    int place = 0;
    for (int c = 0; c < contenders.size(); c++) {
      boolean isComplete = contenders.get(c).isComplete();
      for (int i = 0; isComplete && i < metrics.size(); i++) {
        values[c * metrics.size() + i] = totals.of(place, metrics.get(i));
      }
      place += isComplete ? 1 : 0;
    }
    return new Scores(metrics.size(), values);
  }

  /** The contender that knows nothing but the targets of the rows learned from. */
  Contender constant(Features features) {
    int blocks = starts(0).length - 1;
    TargetSums.Request request =
        new TargetSums.Request(masks.size() + 1, field.stats().classes(), blocks);
    double[][] sums = field.scan(TargetSums.SCAN, request, Field.StateKey.NONE);
    List<@Nullable Model> models = new ArrayList<>();
    for (RowMask mask : masks) {
      models.add(learner.constant(features, answer(TargetSums.mean(request, sums, mask))));
    }
    return new Contender(models);
  }

  /** Where the validation rows of a mask start in each block. */
  private int[] starts(int mask) {
    if (starts[mask] == null) {
      starts[mask] = field.foldStarts(masks.get(mask).heldOut());
    }
    return starts[mask];
  }

  private double[] answer(double[] mean) {
    if (mean.length == 1) {
      mean[0] += field.stats().targetOffset();
    }
    return mean.length == 2 ? new double[] {mean[1]} : mean;
  }
}
