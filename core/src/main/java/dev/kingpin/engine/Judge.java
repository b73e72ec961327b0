package dev.kingpin.engine;

import dev.kingpin.data.Features;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelBatch;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Scores;
import dev.kingpin.tune.Scoring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Scores models on the validation rows of a group. */
final class Judge {
  private final Learner learner;
  private final GroupRows rows;
  private final Scans scans;
  private final List<RowMask> masks;
  private final List<Metric> metrics;

  /**
   * @param learner of all models
   * @param metrics wanted, the deciding one first
   */
  Judge(Learner learner, GroupRows rows, Scans scans, List<RowMask> masks, List<Metric> metrics) {
    this.learner = learner;
    this.rows = rows;
    this.scans = scans;
    this.masks = masks;
    this.metrics = metrics;
  }

  /** A model for every row mask, or null where there is none. */
  record Contender(List<@Nullable Model> models) {
    Contender {
      models = Collections.unmodifiableList(models);
    }

    /** Whether there is a model for every mask. */
    boolean isComplete() {
      return !models.contains(null);
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
    List<List<Model>> complete =
        contenders.stream().filter(Contender::isComplete).map(Contender::all).toList();
    Scoring.Totals totals = new Scoring.Totals(complete.size());
    for (int m = 0; m < masks.size(); m++) {
      int mask = m;
      ModelBatch batch = learner.batch(complete.stream().map(c -> c.get(mask)).toList());
      Scoring.Request request = Scoring.Request.of(batch, metrics, rows, masks.get(m).heldOut());
      if (request.rows() > 0) {
        Scoring.addTo(request, scans.scan(Scoring.SCAN, request, rows, RowState.NONE), totals);
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
    int classes = rows.stats().classes();
    int folds = masks.size() + 1;
    double[] weight = new double[folds];
    double[] target = new double[folds * Math.max(1, classes)];
    for (int b = 0; b < rows.blocks(); b++) {
      addTargets(rows.block(b), weight, target);
    }
    List<@Nullable Model> models = new ArrayList<>();
    for (RowMask mask : masks) {
      models.add(learner.constant(features, answer(mask, weight, target)));
    }
    return new Contender(models);
  }

  /**
   * @param weight IN and OUT (folds)
   * @param target IN and OUT (folds, classes or 1): weights by class, or weighted numbers
   */
  private void addTargets(RowBlock block, double[] weight, double[] target) {
    int classes = rows.stats().classes();
    float[] weights = block.weight();
    for (int r = block.offset(); r < block.offset() + block.rows(); r++) {
      double w = weights == null ? 1 : weights[r];
      float y = block.target()[r];
      int fold = block.fold()[r];
      weight[fold] += w;
      if (classes > 0) {
        target[fold * classes + (int) y] += w;
      } else {
        target[fold] += w * y;
      }
    }
  }

  private double[] answer(RowMask mask, double[] weight, double[] target) {
    int width = Math.max(1, rows.stats().classes());
    double total = 0;
    double[] sums = new double[width];
    for (int fold = 0; fold < weight.length; fold++) {
      if (mask.fits(fold)) {
        total += weight[fold];
        for (int k = 0; k < width; k++) {
          sums[k] += target[fold * width + k];
        }
      }
    }
    for (int k = 0; k < width; k++) {
      sums[k] /= total;
    }
    if (width == 1) {
      sums[0] += rows.stats().targetOffset();
    }
    return width == 2 ? new double[] {sums[1]} : sums;
  }
}
