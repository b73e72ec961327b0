package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.RowMask;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What epoch 0 sums up, of both sides of a mask. */
final class SgdCounts {
  private final GroupStats group;
  private final Loss loss;
  private final RowMask mask;
  private final int outputs;
  final LinearPartial sums; // of Moments
  final double[] classWeights; // (sides, outputs): weight of the rows of a class, for several

  SgdCounts(GroupStats group, Loss loss, RowMask mask) {
    this.group = group;
    this.loss = loss;
    this.mask = mask;
    outputs = loss.outputs(group);
    int[] lengths = {Moments.length(group.features())};
    sums = LinearPartial.of(lengths, group.minimum().length, null);
    classWeights = new double[2 * outputs];
  }

  void add(RowBlock block, Buffers buffers) {
    Moments.accumulate(group, mask, block, sums, buffers);
    if (loss != Loss.SOFTMAX) {
      return;
    }
    Moments.Ranges ranges = buffers.ranges(group);
    for (int r = 0; r < block.rows(); r++) {
      boolean fits = mask.fits(block.fold()[block.offset() + r]);
      int at = (fits ? Moments.FIT : Moments.HELD) * outputs;
      classWeights[at + (int) block.target()[block.offset() + r]] += ranges.weight(block, r);
    }
  }

  void add(SgdCounts other) {
    sums.add(other.sums);
    for (int k = 0; k < classWeights.length; k++) {
      classWeights[k] += other.classWeights[k];
    }
  }

  void write(DataOutput out) throws IOException {
    LinearWire.write(sums, out);
    for (int j = 0; j < sums.minimum.length; j++) {
      out.writeFloat(sums.minimum[j]);
      out.writeFloat(sums.maximum[j]);
    }
    for (double weight : classWeights) {
      out.writeDouble(weight);
    }
  }

  void read(DataInput in) throws IOException {
    long[] section = sums.sections[0];
    for (int i = 0; i < section.length; i++) {
      section[i] = in.readLong();
    }
    for (int j = 0; j < sums.minimum.length; j++) {
      sums.minimum[j] = in.readFloat();
      sums.maximum[j] = in.readFloat();
    }
    for (int k = 0; k < classWeights.length; k++) {
      classWeights[k] = in.readDouble();
    }
  }
}
