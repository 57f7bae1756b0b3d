/** What is lived through and asked? Questions, the data sets they come from, and their split. */
@NullMarked
package dev.hone.lab.data;

import org.jspecify.annotations.NullMarked;
