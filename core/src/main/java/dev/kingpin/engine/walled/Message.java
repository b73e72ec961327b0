package dev.kingpin.engine.walled;

/**
 * What crosses between workers.
 *
 * @param kind what it is about
 * @param group the number under which it was begun: its number in the plan, plus the number of all
 *     groups for each time that it had to be begun again
 * @param question which one of {@link Questions} is asked, or the part that rows belong to; else 0
 * @param call what an answer refers to; 0 if none is expected
 * @param body all the rest, as bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Message(Kind kind, int group, int question, int call, byte[] body) {
  /** Bytes of a message without its body: kind, group, question, call, length of the body. */
  static final int HEADER = 1 + 4 + 4 + 4 + 4;

  /** What workers say to one another. */
  enum Kind {
    /** What there is to know of a group, before its rows come. */
    INTRODUCE,
    /** Rows of a shard, or some of them, in the order of the source. */
    ROWS,
    /** Rows of a shard, or some of them, in the order in which chains visit them. */
    PERMUTED_ROWS,
    /** Rows of a part of all batches, in the order in which chains visit them; or some of them. */
    BATCH_ROWS,
    /** The folds of all rows, in the order in which chains visit them. */
    FOLDS,
    /** All rows are there: train the group. */
    TRAIN,
    /** A request to the rows of a shard. */
    ASK,
    /** A request to the rows of a batch. */
    BATCH,
    /** The answer of a shard. */
    ANSWER,
    /** The row state of a shard has to be made again from the state of a chain. */
    REPLAY,
    /** Rows need not carry a state any more. */
    CLOSE,
    /** A chain that is to be trained here, or to visit a shard. */
    CHAIN,
    /** A chain that is done. */
    CHAIN_DONE,
    /** What was asked went wrong. */
    DEFECT,
    /** Nobody needs the shard any more. */
    FREE
  }

  /** The same with a body. */
  Message with(byte[] full) {
    return new Message(kind, group, question, call, full);
  }

  long bytes() {
    return (long) HEADER + body.length;
  }
}
