package dev.kingpin.engine.walled;

import dev.kingpin.data.Bytes;
import dev.kingpin.data.Family;
import dev.kingpin.data.Features;
import dev.kingpin.data.GroupStats;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a worker is told of a group before its rows come.
 *
 * @param family which group it is
 * @param placement who has which rows
 * @param stats of all rows
 * @param starts (folds, blocks + 1): as of {@link dev.kingpin.data.GroupRows#foldStarts}, of the
 *     folds that masks hold out, then of none
 * @param kin what became of the families above it: their number of key values, and their bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Introduction(
    Family family, Placement placement, GroupStats stats, int[][] starts, List<Ancestor> kin) {
  /** A family above a group. */
  record Ancestor(int depth, byte[] entry) {}

  byte[] bytes() {
    return Bytes.write(
        out -> {
          out.writeInt(family.depth());
          out.writeInt(family.from());
          out.writeInt(family.to());
          writePlacement(out);
          stats.write(out);
          out.writeInt(starts.length);
          out.writeInt(starts[0].length);
          for (int[] fold : starts) {
            for (int start : fold) {
              out.writeInt(start);
            }
          }
          out.writeInt(kin.size());
          for (Ancestor ancestor : kin) {
            out.writeInt(ancestor.depth());
            Bytes.writeArray(ancestor.entry(), out);
          }
        });
  }

  /** The shards of a placement; of a group in one piece one, with all its blocks. */
  static List<Shard> shards(Placement placement) {
    if (placement instanceof Placement.Cut cut) {
      return cut.shards();
    }
    if (placement instanceof Placement.Summed summed) {
      return summed.shards();
    }
    return List.of();
  }

  private void writePlacement(DataOutput out) throws IOException {
    out.writeInt(placement.owner());
    out.writeBoolean(placement instanceof Placement.Summed);
    List<Shard> shards = shards(placement);
    out.writeInt(shards.size());
    for (Shard shard : shards) {
      out.writeInt(shard.worker());
      out.writeInt(shard.from());
      out.writeInt(shard.to());
      out.writeDouble(shard.share());
    }
    List<Integer> tasks =
        placement instanceof Placement.Spread spread ? spread.workers() : List.of();
    out.writeInt(tasks.size());
    for (int worker : tasks) {
      out.writeInt(worker);
    }
  }

  private static Placement readPlacement(DataInputStream in) throws IOException {
    int owner = in.readInt();
    boolean isSummed = in.readBoolean();
    List<Shard> shards = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      shards.add(new Shard(in.readInt(), in.readInt(), in.readInt(), in.readDouble()));
    }
    List<Integer> tasks = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      tasks.add(in.readInt());
    }
    if (!tasks.isEmpty()) {
      return new Placement.Spread(owner, tasks);
    }
    if (isSummed) {
      return new Placement.Summed(owner, shards);
    }
    return shards.isEmpty() ? new Placement.Whole(owner) : new Placement.Cut(owner, shards);
  }

  /** What families of a table are called. */
  interface Names {
    Family family(int depth, int from, int to);
  }

  static Introduction read(byte[] bytes, Features features, Names names) {
    return Bytes.read(
        bytes,
        in -> {
          Family family = names.family(in.readInt(), in.readInt(), in.readInt());
          Placement placement = readPlacement(in);
          GroupStats stats = GroupStats.read(in, features);
          int[][] starts = new int[in.readInt()][in.readInt()];
          for (int[] fold : starts) {
            for (int b = 0; b < fold.length; b++) {
              fold[b] = in.readInt();
            }
          }
          List<Ancestor> kin = new ArrayList<>();
          for (int left = in.readInt(); left > 0; left--) {
            kin.add(new Ancestor(in.readInt(), Bytes.readArray(in)));
          }
          return new Introduction(family, placement, stats, starts, kin);
        });
  }
}
