package dev.kingpin.engine;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps defects of groups out of the log, in tests that make some. */
public final class HushedDefects implements BeforeAllCallback, AfterAllCallback {
  /** Held here, since the log manager forgets loggers that nobody holds. */
  private static final Logger LOG = Logger.getLogger(GroupTraining.class.getName());

  @Override
  public void beforeAll(ExtensionContext context) {
    LOG.setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    LOG.setLevel(null);
  }
}
