package dev.kingpin.learner;

import dev.kingpin.data.Features;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Turns a family's models into bytes and back; equal models give equal bytes. */
public interface ModelCodec {
  /** Writes a model of this family. */
  void write(Model model, DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote; {@code features} are those of the artifact. */
  Model read(DataInput in, Features features) throws IOException;
}
