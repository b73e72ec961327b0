package dev.kingpin.engine.walled;

import dev.kingpin.data.Bytes;
import dev.kingpin.learner.Chain;

/**
 * A chain on its way from worker to worker.
 *
 * @param chain that is trained
 * @param next the virtual shard that it visits next, or -1 before it has started
 * @param left virtual shards that are left of its epoch
 * @param state of the chain, as of {@link dev.kingpin.learner.Trainer#snapshot}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Visit(Chain chain, int next, int left, byte[] state) {
  static Visit begin(Chain chain, byte[] state) {
    return new Visit(chain, -1, 0, state);
  }

  byte[] bytes(ChainRef chains) {
    return Bytes.write(
        out -> {
          chains.write(chain, out);
          out.writeInt(next);
          out.writeInt(left);
          Bytes.writeArray(state, out);
        });
  }

  static Visit read(byte[] bytes, ChainRef chains) {
    return Bytes.read(
        bytes, in -> new Visit(chains.read(in), in.readInt(), in.readInt(), Bytes.readArray(in)));
  }
}
