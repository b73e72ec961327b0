package dev.kingpin.learner.linear;

import dev.kingpin.data.Features;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.ModelCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A linear model as bytes, big-endian: version, link, number of outputs, the means of the numeric
 * features, the levels of each categorical feature after their count, and the weights; then whether
 * there are standard errors, their degrees of freedom and the errors. Weights and errors stand in
 * the order of {@link Terms}.
 */
final class LinearModelCodec implements ModelCodec {
  private static final int VERSION = 2;

  @Override
  public void write(Model model, DataOutput out) throws IOException {
    LinearModel linear = (LinearModel) model;
    out.writeByte(VERSION);
    out.writeByte(linear.link().code());
    out.writeInt(linear.terms().outputs());
    for (float mean : linear.means()) {
      out.writeFloat(mean);
    }
    for (int[] levels : linear.levels()) {
      out.writeInt(levels.length);
      for (int level : levels) {
        out.writeInt(level);
      }
    }
    writeTerms(linear.terms(), out);
    Errors errors = linear.errors();
    out.writeBoolean(errors != null);
    if (errors != null) {
      out.writeDouble(errors.degrees());
      writeTerms(errors.errors(), out);
    }
  }

  private static void writeTerms(Terms terms, DataOutput out) throws IOException {
    write(terms.intercepts(), out);
    write(terms.coefficients(), out);
    write(terms.indicators(), out);
    for (double[] levels : terms.levels()) {
      write(levels, out);
    }
  }

  private static void write(double[] values, DataOutput out) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  @Override
  public Model read(DataInput in, Features features) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "A linear model has version (%d), not (%d). Maybe train again."
              .formatted(version, VERSION));
    }
    Link link = link(in.readByte());
    int outputs = in.readInt();
    float[] means = new float[features.numeric().size()];
    for (int j = 0; j < means.length; j++) {
      means[j] = in.readFloat();
    }
    int[][] levels = new int[features.categorical().size()][];
    for (int c = 0; c < levels.length; c++) {
      levels[c] = new int[in.readInt()];
      for (int i = 0; i < levels[c].length; i++) {
        levels[c][i] = in.readInt();
      }
    }
    Terms terms = readTerms(outputs, means.length, levels, in);
    @Nullable Errors errors = null;
    if (in.readBoolean()) {
      double degrees = in.readDouble();
      errors = new Errors(readTerms(outputs, means.length, levels, in), degrees);
    }
    return new LinearModel(features, link, means, levels, terms, errors);
  }

  private static Link link(int code) throws IOException {
    return Link.ofCode(code)
        .orElseThrow(
            () ->
                new IOException("A linear model has link (%d), which is unknown.".formatted(code)));
  }

  private static Terms readTerms(int outputs, int numeric, int[][] levels, DataInput in)
      throws IOException {
    Terms terms = Terms.zeros(outputs, numeric, levels);
    read(terms.intercepts(), in);
    read(terms.coefficients(), in);
    read(terms.indicators(), in);
    for (double[] weights : terms.levels()) {
      read(weights, in);
    }
    return terms;
  }

  private static void read(double[] values, DataInput in) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
  }
}
