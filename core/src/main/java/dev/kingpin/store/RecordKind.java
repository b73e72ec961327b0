package dev.kingpin.store;

/** What a record of the journal says about its group. */
enum RecordKind {
  /** The group is finished: the payload is its outcome. */
  GROUP_DONE(1),
  /**
   * The group is under way: the payload is its state. The latest counts, until the group is done.
   */
  GROUP_SNAPSHOT(2);

  /** The kind as it is written; never changes its meaning. */
  final byte code;

  RecordKind(int code) {
    this.code = (byte) code;
  }
}
