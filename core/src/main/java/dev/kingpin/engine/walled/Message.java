package dev.kingpin.engine.walled;

/**
 * What crosses between workers.
 *
 * @param kind what it is about
 * @param group its number in the plan
 * @param chain whose rows are asked: a number of the job's chains, or what {@link Questions} knows
 * @param call what an answer refers to; 0 if none is expected
 * @param body all the rest, as bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Message(Kind kind, int group, int chain, int call, byte[] body) {
  /** Bytes of a message without its body: kind, group, chain, call, length of the body. */
  static final int HEADER = 1 + 4 + 4 + 4 + 4;

  /** What workers say to one another. */
  enum Kind {
    /** Rows of a shard, or some of them. */
    ROWS,
    /** All rows are there: train the group. */
    TRAIN,
    /** A request to the rows of a shard. */
    ASK,
    /** The answer of a shard. */
    ANSWER,
    /** The row state of a shard has to be made again from the state of a chain. */
    REPLAY,
    /** A chain that is to be trained here, or to visit a shard. */
    CHAIN,
    /** A chain that is done. */
    CHAIN_DONE,
    /** Nobody needs the shard any more. */
    FREE
  }

  long bytes() {
    return HEADER + body.length;
  }
}
