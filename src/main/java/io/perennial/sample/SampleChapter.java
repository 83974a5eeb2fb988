package io.perennial.sample;

/** A part of a sample business, loaded in the order of the chapters. Must do no harm when it runs a second time. */
interface SampleChapter {

    /** Called in the business's tenant scope, with the authority of the product. */
    void load(SampleBusiness business);

    /** Whether it may be loaded for two businesses at once. */
    default boolean mayRunBeside() {
        return false;
    }
}
