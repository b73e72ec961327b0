package dev.kingpin.engine;

import dev.kingpin.data.Features;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Scores;
import dev.kingpin.tune.Scoring;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores models on the validation rows of a group. */
final class Judge {
  private final GroupRows rows;
  private final Scans scans;
  private final List<RowMask> masks;
  private final List<Metric> metrics;

  /**
   * @param metrics wanted, the deciding one first
   */
  Judge(GroupRows rows, Scans scans, List<RowMask> masks, List<Metric> metrics) {
    this.rows = rows;
    this.scans = scans;
    this.masks = masks;
    this.metrics = metrics;
  }

  /** A model for every row mask, or null where there is none. */
  record Contender(List<@Nullable Model> models) {
    Contender {
      models = java.util.Collections.unmodifiableList(models);
    }

    /** Whether there is a model for every mask. */
    boolean isComplete() {
      return models.stream().allMatch(m -> m != null);
    }
  }

  /** What contenders score on all validation rows; NaN for those that are not complete. */
  Scores scores(List<Contender> contenders) {
    Scoring.Totals totals = new Scoring.Totals(contenders.size());
    for (int m = 0; m < masks.size(); m++) {
      GroupRows held = rows.ofFold(masks.get(m).heldOut());
      if (held.rows() > 0) {
        Scoring.Request request = request(contenders, m, held);
        Scoring.addTo(request, scans.scan(Scoring.SCAN, request, held, RowState.NONE), totals);
      }
    }
    double[] values = new double[contenders.size() * metrics.size()];
    for (int c = 0; c < contenders.size(); c++) {
      for (int i = 0; i < metrics.size(); i++) {
        boolean complete = contenders.get(c).isComplete();
        values[c * metrics.size() + i] = complete ? totals.of(c, metrics.get(i)) : Double.NaN;
      }
    }
    return new Scores(metrics.size(), values);
  }

  private Scoring.Request request(List<Contender> contenders, int mask, GroupRows held) {
    List<@Nullable Model> models = new ArrayList<>();
    for (Contender contender : contenders) {
      models.add(contender.isComplete() ? contender.models().get(mask) : null);
    }
    GroupStats stats = rows.stats();
    return new Scoring.Request(
        models,
        metrics,
        stats.classes(),
        stats.targetOffset(),
        held.blocks(),
        Math.toIntExact(held.rows()));
  }

  /** The contender that knows nothing but the targets of the rows learned from. */
  Contender constant(Learner learner, Features features) {
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
