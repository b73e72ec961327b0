package dev.kingpin.engine.walled;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which rows a batch has, wherever they lie.
 *
 * @param block the row block in the order in which chains visit rows; -1 for all rows of all blocks
 * @param from place of the first row in its block
 * @param to place after the last one
 */
record Span(int block, int from, int to) {
  static final Span ALL = new Span(-1, 0, 0);

  void write(DataOutput out) throws IOException {
    out.writeInt(block);
    out.writeShort(from);
    out.writeShort(to);
  }

  static Span read(DataInput in) throws IOException {
    return new Span(in.readInt(), in.readShort(), in.readShort());
  }
}
