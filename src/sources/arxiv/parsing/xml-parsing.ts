/** Main-thread interface of the XML parser. The worker starts with the first text. */
import { startWorker, type WorkerHandle, workerModule } from '../../../workers/worker.ts';
import type { IdentifierPage, RecordPage } from '../../harvest/metadata-server.ts';
import { fromWorkerError } from '../../http/source-error.ts';
import type { ArxivFeed } from './arxiv-feed.ts';
import type { DailyFeed } from './daily-feed.ts';
import type { OaiError } from './oai-answer.ts';

/** @throws SourceError as the functions of the same name do */
interface XmlParser {
  fromQueryFeed(xml: string): Promise<ArxivFeed>;
  fromDailyFeed(xml: string): Promise<DailyFeed>;
  fromRecordList(xml: string): Promise<RecordPage | OaiError>;
  fromIdentifierList(xml: string): Promise<IdentifierPage | OaiError>;
  close(): Promise<void>;
}

interface XmlServices {
  readonly xml: Omit<XmlParser, 'close'>;
}

export function openXmlParser(): XmlParser {
  let starting: Promise<WorkerHandle<XmlServices>> | undefined;

  function thread(): Promise<WorkerHandle<XmlServices>> {
    const forget = () => {
      starting = undefined;
    };
    if (!starting) {
      // After a crash on one text, the next one gets a new thread.
      starting = startWorker<XmlServices>(workerModule('./xml', import.meta.url), undefined, forget);
      starting.catch(forget);
    }
    return starting;
  }

  async function parse<Parsed>(work: (xml: XmlServices['xml']) => Promise<Parsed>): Promise<Parsed> {
    const { services } = await thread();
    try {
      return await work(services.xml);
    } catch (error) {
      throw fromWorkerError(error);
    }
  }

  return {
    fromQueryFeed: (text) => parse((xml) => xml.fromQueryFeed(text)),
    fromDailyFeed: (text) => parse((xml) => xml.fromDailyFeed(text)),
    fromRecordList: (text) => parse((xml) => xml.fromRecordList(text)),
    fromIdentifierList: (text) => parse((xml) => xml.fromIdentifierList(text)),
    async close() {
      // A failed start was already reported to its caller, and leaves nothing to stop.
      const started = await starting?.catch(() => undefined);
      starting = undefined;
      await started?.stop();
    },
  };
}
