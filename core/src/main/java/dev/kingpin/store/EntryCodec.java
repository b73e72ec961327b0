package dev.kingpin.store;

import dev.kingpin.data.Features;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Rivals;
import dev.kingpin.learner.Scores;
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
public final class EntryCodec {
  private static final int TRAINED = 0;
  private static final int CONSTANT = 1;
  private static final int FAILED = 2;
  private static final int FALLBACK = 3;

  private final ModelCodec models;
  private final Features features;

  public EntryCodec(ModelCodec models, Features features) {
    this.models = models;
    this.features = features;
  }

  /** What became of a group as bytes, without its key. */
  public byte[] bytes(TrainedGroup group) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(group.rows());
      out.writeLong(group.validationRows());
      out.writeLong(group.skippedRows());
      write(group.outcome(), out);
      out.writeInt(group.foldModels().size());
      for (Model model : group.foldModels()) {
        models.write(model, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(Outcome outcome, DataOutputStream out) throws IOException {
    if (outcome instanceof Outcome.Trained trained) {
      out.writeByte(TRAINED);
      out.writeInt(trained.winner());
      write(trained.scores(), out);
      out.writeDouble(trained.rivals().constant());
      out.writeDouble(trained.rivals().parent());
      out.writeDouble(trained.rivals().global());
      models.write(trained.model(), out);
    } else if (outcome instanceof Outcome.Constant constant) {
      out.writeByte(CONSTANT);
      out.writeUTF(constant.reason());
      models.write(constant.model(), out);
    } else if (outcome instanceof Outcome.Fallback fallback) {
      out.writeByte(FALLBACK);
      out.writeUTF(fallback.reason().name());
      out.writeUTF(fallback.message());
      out.writeInt(fallback.answering().values().size());
    } else if (outcome instanceof Outcome.Failed failed) {
      out.writeByte(FAILED);
      out.writeUTF(failed.reason().name());
      out.writeUTF(failed.message());
    }
  }

  private static void write(Scores scores, DataOutputStream out) throws IOException {
    out.writeInt(scores.models());
    out.writeInt(scores.metrics());
    for (int m = 0; m < scores.models(); m++) {
      for (int i = 0; i < scores.metrics(); i++) {
        out.writeDouble(scores.of(m, i));
      }
    }
  }

  private static Scores scores(DataInputStream in) throws IOException {
    int count = in.readInt();
    int metrics = in.readInt();
    double[] values = new double[count * metrics];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return new Scores(metrics, values);
  }

  /** Reads what {@link #bytes} wrote. */
  public TrainedGroup group(GroupKey key, byte[] payload) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
      long rows = in.readLong();
      long validationRows = in.readLong();
      long skippedRows = in.readLong();
      Outcome outcome = outcome(in, key);
      List<Model> foldModels = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        foldModels.add(models.read(in, features));
      }
      return new TrainedGroup(key, rows, validationRows, skippedRows, outcome, foldModels);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "The entry of group ("
              + key
              + ") cannot be read. Maybe it was written by a newer version"
              + " of Kingpin.",
          e);
    }
  }

  private Outcome outcome(DataInputStream in, GroupKey key) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case TRAINED -> {
        int winner = in.readInt();
        Scores scores = scores(in);
        Rivals rivals = new Rivals(in.readDouble(), in.readDouble(), in.readDouble());
        yield new Outcome.Trained(winner, scores, rivals, models.read(in, features));
      }
      case CONSTANT -> new Outcome.Constant(in.readUTF(), models.read(in, features));
      case FAILED -> new Outcome.Failed(Outcome.Reason.valueOf(in.readUTF()), in.readUTF());
      case FALLBACK -> {
        Outcome.Reason reason = Outcome.Reason.valueOf(in.readUTF());
        yield new Outcome.Fallback(reason, in.readUTF(), key.prefix(in.readInt()));
      }
      default -> throw new IOException("unknown kind of outcome " + kind);
    };
  }
}
