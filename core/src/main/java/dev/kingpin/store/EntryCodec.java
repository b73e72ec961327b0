package dev.kingpin.store;

import dev.kingpin.data.Features;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.learner.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained group as bytes: row counts, the kind of outcome, then what that kind has. Big-endian;
 * equal groups give equal bytes.
 */
final class EntryCodec {
  private static final int TRAINED = 0;
  private static final int CONSTANT = 1;
  private static final int FAILED = 2;

  private final ModelCodec models;
  private final Features features;

  EntryCodec(ModelCodec models, Features features) {
    this.models = models;
    this.features = features;
  }

  byte[] bytes(TrainedGroup group) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(group.rows());
      out.writeLong(group.validationRows());
      out.writeLong(group.skippedRows());
      write(group.outcome(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(Outcome outcome, DataOutputStream out) throws IOException {
    if (outcome instanceof Outcome.Trained trained) {
      out.writeByte(TRAINED);
      out.writeInt(trained.winner());
      out.writeInt(trained.metrics().size());
      for (double metric : trained.metrics()) {
        out.writeDouble(metric);
      }
      out.writeDouble(trained.constantMetric());
      models.write(trained.model(), out);
    } else if (outcome instanceof Outcome.Constant constant) {
      out.writeByte(CONSTANT);
      out.writeUTF(constant.reason());
      models.write(constant.model(), out);
    } else if (outcome instanceof Outcome.Failed failed) {
      out.writeByte(FAILED);
      out.writeUTF(failed.reason().name());
      out.writeUTF(failed.message());
    }
  }

  TrainedGroup group(GroupKey key, byte[] payload) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
      long rows = in.readLong();
      long validationRows = in.readLong();
      long skippedRows = in.readLong();
      return new TrainedGroup(key, rows, validationRows, skippedRows, outcome(in));
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "The entry of group ("
              + key
              + ") cannot be read. Maybe it was written by a newer version"
              + " of Kingpin.",
          e);
    }
  }

  private Outcome outcome(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case TRAINED -> {
        int winner = in.readInt();
        int count = in.readInt();
        List<Double> metrics = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          metrics.add(in.readDouble());
        }
        double constant = in.readDouble();
        yield new Outcome.Trained(winner, metrics, constant, models.read(in, features));
      }
      case CONSTANT -> new Outcome.Constant(in.readUTF(), models.read(in, features));
      case FAILED -> new Outcome.Failed(Outcome.Reason.valueOf(in.readUTF()), in.readUTF());
      default -> throw new IOException("unknown kind of outcome " + kind);
    };
  }
}
