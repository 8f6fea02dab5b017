"""What ingesting a web archive costs, beside warcio and trafilatura writing JSON Lines in the same run.

    python3 tests/bench/web_archive.py make OUT.warc.gz MEGABYTES PAGE.html[.gz]...
    python3 tests/bench/web_archive.py NEWSDEX FILE.warc.gz [ROUNDS]

`make` writes MEGABYTES of response records, each compressed by itself, from the pages in turn: every record has an address
of its own (its canonical link too) and a sentence of its own, so that none is a copy of another. NEWSDEX is a release build.
In each round newsdex ingests the file into a new home, corpus and index included, with its default settings, and then the script
that people write for it reads the file: once in one process, once with a process for each core. Needs warcio and trafilatura
from PyPI."""
import gzip, hashlib, json, multiprocessing, os, re, resource, subprocess, sys, tempfile, time, zlib


def make(out, megabytes, names):
    pages = [(gzip.open(name) if name.endswith('.gz') else open(name, 'rb')).read() for name in names]
    done = number = 0
    with open(out, 'wb') as file:
        while done < float(megabytes) * 1e6:
            page = pages[number % len(pages)]
            url = f'https://site{number % len(pages)}.example/news/{number // len(pages)}/story-{number}.html'
            for link in (rb'(rel=["\']canonical["\'][^>]*href=["\'])[^"\']*()', rb'(href=["\'])[^"\']*(["\'][^>]*rel=["\']canonical)',
                         rb'(property=["\']og:url["\'][^>]*content=["\'])[^"\']*()'):
                page = re.sub(link, lambda found: found[1] + url.encode() + found[2], page)
            end = page.lower().find(b'</p>')
            if end > 0:
                page = page[:end] + f' Ref {number}.'.encode() + page[end:]
            http = b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n' % len(page) + page
            head = (f'WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n'
                    f'WARC-Date: 2026-06-01T10:00:00Z\r\nWARC-Target-URI: {url}\r\n'
                    f'WARC-Payload-Digest: sha1:{hashlib.sha1(page).hexdigest()}\r\n'
                    f'Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n')
            record = head.encode() + http + b'\r\n\r\n'
            done, number = done + len(record), number + 1
            packer = zlib.compressobj(6, zlib.DEFLATED, 31)
            file.write(packer.compress(record) + packer.flush())
    print(f'{number} records, {done / 1e6:.0f} MB')


def cleaned(record):
    import trafilatura
    url, body = record
    found = trafilatura.bare_extraction(body, url=url, with_metadata=True)
    if found is None:
        return None
    found = found.as_dict()
    return json.dumps({'url': url} | {name: found.get(name) for name in ('title', 'author', 'date', 'text')})


def records(name):
    from warcio.archiveiterator import ArchiveIterator
    with open(name, 'rb') as file:
        for record in ArchiveIterator(file):
            if record.rec_type == 'response':
                yield record.rec_headers.get_header('WARC-Target-URI'), record.content_stream().read()


def script(name, processes):
    began, articles, size = time.time(), 0, 0

    def read():
        nonlocal size
        for url, body in records(name):
            size += len(body)
            yield url, body

    with tempfile.NamedTemporaryFile('w') as out:
        if processes == 1:
            lines = map(cleaned, read())
        else:
            pool = multiprocessing.Pool(processes)
            lines = pool.imap(cleaned, read(), chunksize=4)
        for line in lines:
            if line:
                articles += 1
                out.write(line + '\n')
        if processes > 1:
            pool.terminate()
    return articles, time.time() - began, size


def newsdex(binary, name):
    with tempfile.TemporaryDirectory() as home:
        began, before = time.time(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([binary, '--home', home, 'ingest', name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        spent, after = time.time() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1):
            sys.exit(f'{binary} ended with {done.returncode}: {done.stderr[-400:]}')
        added = int(re.search(r'^added\s+([\d,]+)', done.stdout, re.M)[1].replace(',', ''))
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return added, spent, processor


def main():
    if len(sys.argv) > 4 and sys.argv[1] == 'make':
        return make(sys.argv[2], sys.argv[3], sys.argv[4:])
    if len(sys.argv) < 3:
        return print('skipped: name a newsdex and a web archive')
    binary, name, rounds = sys.argv[1], sys.argv[2], int((sys.argv[3:] or ['1'])[0])
    cores = len(os.sched_getaffinity(0))
    for _ in range(rounds):
        ours, spent, processor = newsdex(binary, name)
        speed = ours / spent
        first = f'newsdex: {ours} articles, {spent:.2f} s by the clock, {processor:.2f} s of processor, {speed:.1f} articles/s'
        lines = []
        for processes in dict.fromkeys((1, cores)):
            theirs, wanted, size = script(name, processes)
            lines.append(f'warcio + trafilatura, {processes} of {cores} cores: {theirs} articles, {wanted:.2f} s, {theirs / wanted:.1f} articles/s; '
                         f'newsdex has {speed / (theirs / wanted):.1f} times as many')
        print(f'{first}, {size / 1e6 / spent:.1f} MB/s', *lines, sep='\n', flush=True)


if __name__ == '__main__':
    main()
