package dev.kingpin.engine;

/** Carries what a sink has thrown past all that takes exceptions for a defect of a learner. */
final class SinkFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RuntimeException thrown;

  SinkFailure(RuntimeException thrown) {
    super(thrown);
    this.thrown = thrown;
  }

  RuntimeException thrown() {
    return thrown;
  }
}
