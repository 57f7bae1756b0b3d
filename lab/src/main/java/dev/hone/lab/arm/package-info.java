/** What is compared? Ways to show a model its past: nothing, records, experience, a sheet. */
@NullMarked
package dev.hone.lab.arm;

import org.jspecify.annotations.NullMarked;
