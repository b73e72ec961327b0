package dev.kingpin.data;

/**
 * The words or the rows that Kingpin was given cannot be used. The message is written for the user:
 * what is wrong, where (file, column, group) and with which value, then advice that starts with
 * "Maybe". It is shown as it stands, without a stack trace, and ends a command with exit code 2.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
