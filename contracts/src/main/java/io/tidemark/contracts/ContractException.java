package io.tidemark.contracts;

/** A message that does not keep to its contract. The text says what is wrong and holds nothing of the content. */
public class ContractException extends RuntimeException {

    public ContractException(String message) {
        super(message);
    }

    public ContractException(String message, Throwable cause) {
        super(message, cause);
    }
}
