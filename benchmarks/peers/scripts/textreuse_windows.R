# R textreuse as in its vignette on minhash and LSH, on windows of 60 words every 30, since it compares whole documents.
# Called with the table of windows (name, a tab, text) and the file to write: pairs of names and their similarity.
suppressMessages(library(textreuse))
arguments <- commandArgs(trailingOnly = TRUE)
windows <- read.delim(arguments[1], header = FALSE, quote = "", colClasses = "character", encoding = "UTF-8")
texts <- windows[[2]]
names(texts) <- windows[[1]]
minhash <- minhash_generator(n = 240, seed = 3552)
corpus <- TextReuseCorpus(text = texts, tokenizer = tokenize_ngrams, n = 3, minhash_func = minhash,
                          keep_tokens = TRUE, progress = FALSE)
buckets <- lsh(corpus, bands = 80, progress = FALSE)
candidates <- lsh_candidates(buckets)
scores <- lsh_compare(candidates, corpus, jaccard_similarity, progress = FALSE)
write.table(scores, arguments[2], sep = "\t", row.names = FALSE, col.names = FALSE, quote = FALSE)
