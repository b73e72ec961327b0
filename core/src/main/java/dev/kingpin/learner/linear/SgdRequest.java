package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.RowMask;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a chain of stochastic fits asks of the rows of a batch, or of all rows. */
sealed interface SgdRequest {
  byte COUNTS = 0;
  byte GRADIENT = 1;
  byte LOSSES = 2;

  /** What epoch 0 sums up. */
  record OfCounts(GroupStats group, Loss loss, RowMask mask) implements SgdRequest {}

  /**
   * Gradients or losses at some weights.
   *
   * @param first whether the brief goes with it
   * @param judges whether losses are wanted
   * @param trials whose weights lie side by side
   * @param weights as of {@link SgdWeights#pack}: (weight rows, trials * outputs), row-major
   */
  @SuppressWarnings("ArrayRecordComponent") // a request is never compared
  record OfWeights(Brief brief, boolean first, boolean judges, int trials, float[] weights)
      implements SgdRequest {
    LinearRequest.OfLoss loss() {
      RowMask[] masks = new RowMask[trials];
      Arrays.fill(masks, brief.mask());
      return new LinearRequest.OfLoss(
          brief.design(), brief.loss(), masks, new double[0], new int[0]);
    }
  }

  /**
   * What rows have to know of a chain before they can read its weights.
   *
   * @param moments of all rows
   * @param batch rows a step learns from, as the configs say
   */
  record Brief(
      Moments moments, int batch, RowMask mask, Loss loss, Design design, SgdColumns columns) {
    private void write(DataOutput out) throws IOException {
      Snapshots.writeMoments(out, moments);
      out.writeInt(batch);
      out.writeInt(mask.heldOut());
      out.writeUTF(loss.name());
    }

    private static Brief read(DataInput in, GroupStats group) throws IOException {
      Moments moments = Snapshots.readMoments(in, group);
      if (moments == null) {
        throw new IOException("moments are missing");
      }
      Design design = Design.of(moments);
      int batch = in.readInt();
      SgdColumns columns = new SgdColumns(design, Scaling.of(design, moments), batch);
      RowMask mask = new RowMask(in.readInt());
      return new Brief(moments, batch, mask, Loss.valueOf(in.readUTF()), design, columns);
    }
  }

  // ---------------------------------------------------------------- bytes

  static void write(SgdRequest request, DataOutput out) throws IOException {
    if (request instanceof OfCounts counts) {
      out.writeByte(COUNTS);
      out.writeInt(counts.mask().heldOut());
      out.writeUTF(counts.loss().name());
    } else if (request instanceof OfWeights weights) {
      out.writeByte(weights.judges() ? LOSSES : GRADIENT);
      out.writeBoolean(weights.first());
      if (weights.first()) {
        weights.brief().write(out);
      }
      out.writeInt(weights.trials());
      for (float weight : weights.weights()) {
        out.writeFloat(weight);
      }
    }
  }

  static SgdRequest read(DataInput in, GroupStats group, @Nullable SgdRequest last)
      throws IOException {
    byte kind = in.readByte();
    if (kind == COUNTS) {
      RowMask mask = new RowMask(in.readInt());
      return new OfCounts(group, Loss.valueOf(in.readUTF()), mask);
    }
    boolean first = in.readBoolean();
    Brief brief = first ? Brief.read(in, group) : last instanceof OfWeights w ? w.brief() : null;
    if (brief == null) {
      throw new IOException("Weights came before what there is to know of them.");
    }
    int trials = in.readInt();
    float[] weights = new float[brief.columns().rows * trials * brief.loss().outputs(group)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = in.readFloat();
    }
    return new OfWeights(brief, first, kind == LOSSES, trials, weights);
  }
}
