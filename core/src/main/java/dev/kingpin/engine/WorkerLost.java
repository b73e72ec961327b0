package dev.kingpin.engine;

/** A worker that was to answer is gone: no fault of the group that waited for it. */
public final class WorkerLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WorkerLost(Throwable cause) {
    super("A worker is lost", cause);
  }

  public WorkerLost(String reason) {
    super(reason);
  }
}
