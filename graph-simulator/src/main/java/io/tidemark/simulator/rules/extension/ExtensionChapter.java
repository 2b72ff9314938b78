package io.tidemark.simulator.rules.extension;

import io.tidemark.simulator.tenant.Chapter;

/** What of a rulebook is about extensions and security attributes. */
public final class ExtensionChapter {

    private ExtensionChapter() {}

    /** All of it, anew. */
    public static Chapter chapter() {
        return new Chapter()
                .rules("openExtension", new ExtensionRules())
                .rules("schemaExtension", new ExtensionRules.Definitions())
                .rules("attributeSet", new SecurityAttributeRules.Sets())
                .rules("attributeDefinition", new SecurityAttributeRules())
                .rules("allowedValue", new SecurityAttributeRules.Values());
    }
}
