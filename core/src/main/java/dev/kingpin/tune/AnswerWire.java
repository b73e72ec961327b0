package dev.kingpin.tune;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Scores of a shard as bytes: block by block those that it has, each after its number. */
final class AnswerWire {
  private AnswerWire() {}

  static void write(Scoring.Request request, Scoring.Answers answers, DataOutput out)
      throws IOException {
    int count = 0;
    for (boolean seen : answers.seen) {
      count += seen ? 1 : 0;
    }
    out.writeInt(count);
    for (int b = 0; b < answers.seen.length; b++) {
      if (answers.seen[b]) {
        out.writeInt(b);
        write(answers.sums, b, request.models().size() * Tally.SUMS, out);
        write(answers.targets, b, Tally.TARGET_SUMS, out);
        if (request.ranks()) {
          writeRows(request, answers, b, out);
        }
      }
    }
  }

  private static void write(double[] sums, int block, int width, DataOutput out)
      throws IOException {
    for (int i = block * width; i < (block + 1) * width; i++) {
      out.writeDouble(sums[i]);
    }
  }

  private static void writeRows(
      Scoring.Request request, Scoring.Answers answers, int block, DataOutput out)
      throws IOException {
    for (int r = request.starts()[block]; r < request.starts()[block + 1]; r++) {
      out.writeFloat(answers.truth[r]);
      out.writeFloat(answers.weights[r]);
      for (int m = 0; m < request.models().size(); m++) {
        for (int k = 0; k < request.width(); k++) {
          out.writeFloat(answers.answers[(m * request.rows() + r) * request.width() + k]);
        }
      }
    }
  }

  static Scoring.Answers read(Scoring.Request request, DataInput in) throws IOException {
    Scoring.Answers answers = new Scoring.Answers(request);
    for (int left = in.readInt(); left > 0; left--) {
      int block = in.readInt();
      answers.seen[block] = true;
      read(answers.sums, block, request.models().size() * Tally.SUMS, in);
      read(answers.targets, block, Tally.TARGET_SUMS, in);
      if (request.ranks()) {
        readRows(request, answers, block, in);
      }
    }
    return answers;
  }

  private static void read(double[] sums, int block, int width, DataInput in) throws IOException {
    for (int i = block * width; i < (block + 1) * width; i++) {
      sums[i] = in.readDouble();
    }
  }

  private static void readRows(
      Scoring.Request request, Scoring.Answers answers, int block, DataInput in)
      throws IOException {
    for (int r = request.starts()[block]; r < request.starts()[block + 1]; r++) {
      answers.truth[r] = in.readFloat();
      answers.weights[r] = in.readFloat();
      for (int m = 0; m < request.models().size(); m++) {
        for (int k = 0; k < request.width(); k++) {
          answers.answers[(m * request.rows() + r) * request.width() + k] = in.readFloat();
        }
      }
    }
  }
}
