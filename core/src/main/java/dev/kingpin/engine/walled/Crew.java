package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.store.EntryCodec;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.TrainedGroup;

/**
 * What all workers of a run know: the job and the plan, the same program, the way to each other.
 */
interface Crew {
  TrainJob job();

  Questions questions();

  ChainRef chains();

  EntryCodec entries();

  Channel channel();

  Ledger ledger();

  /** Where the snapshots of a group go, by the number under which it was begun. */
  GroupSink sink(int group);

  double snapshotSeconds();

  /** The family of a depth that consists of some groups of the table. */
  Family family(int depth, int from, int to);

  /** A group has its outcome. */
  void done(int group, int owner, TrainedGroup trained);

  /** Whether a worker dies now. */
  boolean strikes(int worker, long messages);

  /** A worker is gone. */
  void lost(int worker, String reason);

  /** What a thread does; what it throws ends the run. */
  interface Body {
    void run() throws InterruptedException;
  }

  /** Starts a thread. */
  void start(String name, Body body);
}
