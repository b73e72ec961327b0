package dev.kingpin.tune;

import dev.kingpin.data.FoldRows;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.kernel.AnswerKernels;
import dev.kingpin.kernel.AnswerRows;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Metric;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelBatch;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores models on validation rows.
 *
 * <p>Errors are summed as doubles inside a row block, in the order of its rows. A partial keeps the
 * sums of every block apart, and whoever reads the answer adds them up in the order of the blocks:
 * so the metrics are the same bits whoever summed up which block. The area under the curve needs
 * all answers; they are kept only if it is asked for.
 */
public final class Scoring implements RowScan<Scoring.Request, Scoring.Answers> {
  static final double SMALLEST_PROBABILITY = 1e-15;

  private final Learner learner;

  /**
   * @param learner of all models
   */
  public Scoring(Learner learner) {
    this.learner = learner;
  }

  /**
   * Models to score on some rows.
   *
   * @param models to score
   * @param batch of these models
   * @param metrics wanted, all of one task
   * @param classes number of classes; 0 for numbers
   * @param targetOffset what was taken off targets that are numbers
   * @param fold whose rows are scored
   * @param starts (blocks + 1): rows of the fold in the blocks before; at last, in all
   */
  public record Request(
      List<Model> models,
      ModelBatch batch,
      List<Metric> metrics,
      int classes,
      double targetOffset,
      int fold,
      int[] starts) {
    public Request {
      metrics = List.copyOf(metrics);
    }

    int blocks() {
      return starts.length - 1;
    }

    /** Number of rows to score. */
    public int rows() {
      return starts[starts.length - 1];
    }

    boolean ranks() {
      return metrics.contains(Metric.AUC);
    }

    /** Numbers in the answer of a model to a row. */
    int width() {
      return classes > 2 ? classes : 1;
    }
  }

  /**
   * Models to score on the rows of a fold.
   *
   * @param starts as of {@link dev.kingpin.data.GroupRows#foldStarts}
   */
  public Request request(
      List<Model> models, List<Metric> metrics, GroupStats stats, int fold, int[] starts) {
    return new Request(
        models,
        learner.batch(models),
        metrics,
        stats.classes(),
        stats.targetOffset(),
        fold,
        starts);
  }

  /** Sums of all blocks, apart, and if so asked the answers to all rows. */
  public static final class Answers {
    final double[] sums; // (blocks, Tally.SUMS, models)
    final double[] targets; // (blocks, Tally.TARGET_SUMS)
    final float[] answers; // (models, rows, width), or nothing
    final float[] truth; // (rows), or nothing
    final float[] weights; // (rows), or nothing
    final boolean[] seen; // (blocks)

    Answers(Request request) {
      int models = request.models().size();
      sums = new double[request.blocks() * models * Tally.SUMS];
      targets = new double[request.blocks() * Tally.TARGET_SUMS];
      int kept = request.ranks() ? request.rows() : 0;
      answers = new float[Math.multiplyExact(models * request.width(), kept)];
      truth = new float[kept];
      weights = new float[kept];
      seen = new boolean[request.blocks()];
    }
  }

  private static final class Buffers {
    final FoldRows foldRows = new FoldRows();
    double[] predictions = new double[0]; // (rows, models, width)
    float[] logs = new float[0]; // (rows, models)
    double[] sums = new double[0]; // (Tally.SUMS, models)

    void ensure(Request request, int rows) {
      int models = request.models().size();
      int answers = rows * models;
      if (logs.length < answers + AnswerKernels.ROOM) {
        logs = new float[answers + AnswerKernels.ROOM];
      }
      if (predictions.length < answers * request.width() + AnswerKernels.ROOM) {
        predictions = new double[answers * request.width() + AnswerKernels.ROOM];
      }
      int padded = AnswerKernels.padded(models);
      if (sums.length < Tally.SUMS * padded) {
        sums = new double[Tally.SUMS * padded];
      }
      Arrays.fill(sums, 0, Tally.SUMS * padded, 0);
    }
  }

  @Override
  public Answers partial(Request request, @Nullable Answers reuse) {
    return new Answers(request);
  }

  @Override
  public void accumulate(
      Request request, RowBlock all, RowState state, Answers answers, Workspace workspace) {
    Buffers buffers = workspace.buffers(Buffers.class, k -> new Buffers());
    RowBlock block = buffers.foldRows.of(all, request.fold());
    buffers.ensure(request, block.rows());
    int b = block.number();
    answers.seen[b] = true;
    Tally.targets(block, answers.targets, b * Tally.TARGET_SUMS);
    request.batch().predict(block, buffers.predictions, workspace);
    tally(request, block, buffers, workspace.kernels());
    int models = request.models().size();
    for (int i = 0; i < Tally.SUMS; i++) {
      int from = i * AnswerKernels.padded(models);
      System.arraycopy(buffers.sums, from, answers.sums, (b * Tally.SUMS + i) * models, models);
    }
    if (request.ranks()) {
      keepAnswers(request, block, buffers.predictions, answers);
      keepTruth(block, request.starts()[b], answers);
    }
  }

  private static void tally(Request request, RowBlock block, Buffers buffers, Kernels kernels) {
    int models = request.models().size();
    int classes = request.classes();
    int answers = block.rows() * models;
    if (classes > 2) {
      Tally.likelihoods(block, models, classes, buffers.predictions, buffers.logs);
      kernels.log(buffers.logs, buffers.logs, answers);
      Tally.classes(block, models, classes, buffers.predictions, buffers.logs, buffers.sums);
      return;
    }
    AnswerRows rows =
        new AnswerRows(
            buffers.predictions,
            block.target(),
            block.weight(),
            block.offset(),
            block.rows(),
            models);
    if (classes == 0) {
      kernels.answers().addErrors(rows, request.targetOffset(), buffers.sums);
    } else {
      kernels.answers().likelihoods(rows, SMALLEST_PROBABILITY, buffers.logs);
      kernels.log(buffers.logs, buffers.logs, answers);
      kernels.answers().addHits(rows, buffers.logs, buffers.sums);
    }
  }

  private static void keepAnswers(
      Request request, RowBlock block, double[] predictions, Answers answers) {
    int width = request.width();
    int models = request.models().size();
    for (int m = 0; m < models; m++) {
      int to = (m * request.rows() + request.starts()[block.number()]) * width;
      for (int r = 0; r < block.rows(); r++) {
        for (int k = 0; k < width; k++) {
          answers.answers[to + r * width + k] = (float) predictions[(r * models + m) * width + k];
        }
      }
    }
  }

  private static void keepTruth(RowBlock block, int to, Answers answers) {
    for (int r = 0; r < block.rows(); r++) {
      answers.truth[to + r] = block.target()[block.offset() + r];
      answers.weights[to + r] = Tally.weight(block, r);
    }
  }

  @Override
  public void merge(Answers into, Answers from) {
    int sumsABlock = into.sums.length / Math.max(1, into.seen.length);
    for (int b = 0; b < from.seen.length; b++) {
      if (from.seen[b]) {
        into.seen[b] = true;
        System.arraycopy(from.sums, b * sumsABlock, into.sums, b * sumsABlock, sumsABlock);
        int at = b * Tally.TARGET_SUMS;
        System.arraycopy(from.targets, at, into.targets, at, Tally.TARGET_SUMS);
      }
    }
    add(into.answers, from.answers);
    add(into.truth, from.truth);
    add(into.weights, from.weights);
  }

  /** Entries that one of the two has are 0 in the other, so adding is copying. */
  private static void add(float[] into, float[] from) {
    for (int i = 0; i < from.length; i++) {
      into[i] += from[i];
    }
  }

  @Override
  public void writeRequest(Request request, DataOutput out) throws IOException {
    out.writeInt(request.models().size());
    for (Model model : request.models()) {
      learner.codec().write(model, out);
    }
    out.writeByte(request.metrics().size());
    for (Metric metric : request.metrics()) {
      out.writeUTF(metric.label());
    }
    out.writeInt(request.fold());
    out.writeInt(request.blocks());
    for (int b = 1; b <= request.blocks() && request.ranks(); b++) {
      out.writeInt(request.starts()[b]);
    }
  }

  @Override
  public Request readRequest(DataInput in, GroupStats group, @Nullable Request last)
      throws IOException {
    List<Model> models = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      models.add(learner.codec().read(in, group.features()));
    }
    List<Metric> metrics = new ArrayList<>();
    for (int left = in.readByte(); left > 0; left--) {
      metrics.add(Metric.of(in.readUTF()));
    }
    int fold = in.readInt();
    int[] starts = new int[in.readInt() + 1];
    for (int b = 1; b < starts.length && metrics.contains(Metric.AUC); b++) {
      starts[b] = in.readInt();
    }
    return request(models, metrics, group, fold, starts);
  }

  @Override
  public void writePartial(Request request, Answers answers, DataOutput out) throws IOException {
    AnswerWire.write(request, answers, out);
  }

  @Override
  public Answers readPartial(Request request, DataInput in) throws IOException {
    return AnswerWire.read(request, in);
  }
}
