package dev.kingpin.learner.linear;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.RowMask;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Requests and partials of linear chains as bytes, big-endian. A request starts with a byte that
 * tells its kind; designs are told by the levels that a group has, since all else follows from the
 * group's statistics.
 */
final class LinearWire {
  private static final byte LEVELS = 0;
  private static final byte GRAM = 1;
  private static final byte COLUMNS = 2;
  private static final byte LOSS = 3;

  private LinearWire() {}

  static void write(LinearRequest request, DataOutput out) throws IOException {
    if (request instanceof LinearRequest.OfLevels) {
      out.writeByte(LEVELS);
    } else if (request instanceof LinearRequest.OfGram gram) {
      out.writeByte(GRAM);
      gram.design().write(out);
      out.writeInt(gram.folds());
      out.writeInt(gram.targets());
      out.writeInt(gram.from());
      out.writeInt(gram.to());
    } else if (request instanceof LinearRequest.OfColumns columns) {
      out.writeByte(COLUMNS);
      columns.design().write(out);
      out.writeInt(columns.folds());
      out.writeInt(columns.targets());
    } else if (request instanceof LinearRequest.OfLoss loss) {
      out.writeByte(LOSS);
      writeLoss(loss, out);
    }
  }

  private static void writeLoss(LinearRequest.OfLoss loss, DataOutput out) throws IOException {
    loss.design().write(out);
    out.writeUTF(loss.loss().name());
    out.writeInt(loss.trials());
    for (RowMask mask : loss.masks()) {
      out.writeInt(mask.heldOut());
    }
    for (double weight : loss.weights()) {
      out.writeDouble(weight);
    }
    out.writeInt(loss.hessians().length);
    for (int trial : loss.hessians()) {
      out.writeInt(trial);
    }
  }

  static LinearRequest read(DataInput in, GroupStats group, @Nullable LinearRequest last)
      throws IOException {
    byte kind = in.readByte();
    if (kind == LEVELS) {
      return new LinearRequest.OfLevels(group);
    }
    Design design = Design.read(in, group);
    Design before = design(last);
    if (before != null && before.sameAs(design)) {
      design = before;
    }
    return switch (kind) {
      case GRAM ->
          new LinearRequest.OfGram(design, in.readInt(), in.readInt(), in.readInt(), in.readInt());
      case COLUMNS -> new LinearRequest.OfColumns(design, in.readInt(), in.readInt());
      case LOSS -> readLoss(in, design);
      default -> throw new IOException("A request is of kind (" + kind + "), which is unknown.");
    };
  }

  private static @Nullable Design design(@Nullable LinearRequest request) {
    if (request instanceof LinearRequest.OfGram gram) {
      return gram.design();
    }
    if (request instanceof LinearRequest.OfColumns columns) {
      return columns.design();
    }
    return request instanceof LinearRequest.OfLoss loss ? loss.design() : null;
  }

  private static LinearRequest.OfLoss readLoss(DataInput in, Design design) throws IOException {
    Loss loss = Loss.valueOf(in.readUTF());
    RowMask[] masks = new RowMask[in.readInt()];
    for (int t = 0; t < masks.length; t++) {
      masks[t] = new RowMask(in.readInt());
    }
    int outputs = loss.outputs(design.group());
    double[] weights = new double[(design.columns() + 1) * masks.length * outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = in.readDouble();
    }
    int[] hessians = new int[in.readInt()];
    for (int h = 0; h < hessians.length; h++) {
      hessians[h] = in.readInt();
    }
    return new LinearRequest.OfLoss(design, loss, masks, weights, hessians);
  }

  static void write(LinearPartial partial, DataOutput out) throws IOException {
    for (long[] section : partial.sections) {
      for (long sum : section) {
        out.writeLong(sum);
      }
    }
  }

  static LinearPartial readPartial(LinearRequest request, DataInput in) throws IOException {
    LinearPartial partial = LinearRows.partial(request, null);
    for (long[] section : partial.sections) {
      for (int i = 0; i < section.length; i++) {
        section[i] = in.readLong();
      }
    }
    return partial;
  }
}
